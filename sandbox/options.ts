import type { EcsBehaviour } from './ecs.ts';

/** How a sandbox is to be. */
export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Folder of the packaged service, `.serverless` say; without it the account is empty. */
  package?: string;
  /** Sandbox seconds a real second at most. 0, the default, stands still until it is moved. */
  speed?: number;
  /** When the sandbox's time begins; default: now. */
  start?: Date;
  /** Milliseconds that each AWS call takes longer. With any, calls go as they come, as in AWS: who wins a race is chance then. */
  latencyMs?: number;
  extraMembers?: string[];
  dynamodbEndpoint?: string;
  account?: string;
  region?: string;
  /** The same seed gives the same again: ids, chances, and who is first of functions that run side by side. */
  seed?: string;
  /** How ECS behaves where AWS leaves it open: reads that lag, calls that are throttled, and what else its model offers. */
  ecs?: EcsBehaviour;
  /** Whether PutImage takes a manifest whose configuration and layers were never uploaded; default: it refuses it, as AWS does. */
  uncheckedLayers?: boolean;
  /** Whether clusters, repositories and services of the packaged configuration are there from the beginning; default: they are. */
  fleet?: boolean;
  /** Where the sandbox says what was lost or went wrong; default: nowhere. */
  warn?: (text: string) => void;
}
