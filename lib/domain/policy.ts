import type { ServiceKey } from './deployment.ts';
import type { RepositoryName } from './image.ts';

/** What the configuration says about one service, defaults filled in. Durations are milliseconds. */
export interface ServicePolicy {
  service: ServiceKey;
  cluster: string;
  name: string;
  images: ImagePolicy[];
  /** Which revision a new one is cloned from: the service's current, or the family's newest. */
  base: 'service' | 'family';
  verify: VerifyPolicy;
  mode: 'deploy' | 'watch';
  managed: boolean;
  /** How long closed deployments are kept. */
  historyMs: number;
  /** Changes whenever the policy changes. */
  hash: string;
}

/** Which images of one repository a service takes, and for which containers. */
export interface ImagePolicy {
  repository: RepositoryName;
  /** Absent: every container that runs an image of that repository. */
  containers?: string[];
  tags: TagPolicy;
}

/** One tag (a changed binding makes a candidate), or a glob (the newest push wins) with the regular expression that packaging made of it. */
export type TagPolicy = { kind: 'tag'; tag: string } | { kind: 'glob'; glob: string; pattern: string };

export interface VerifyPolicy {
  failures: number;
  /** 0 to 100, of the desired count. */
  sharePercent: number;
  withinMs: number;
  bakeMs: number;
  guard: { forMs: number; withinMs: number };
  timeoutMs: number;
  rollback: boolean;
  external: 'tell' | 'rollback';
}

/** The whole configuration as it was compiled into the bundle. */
export interface Configuration {
  /** Changes whenever anything in it changes. */
  hash: string;
  services: Record<ServiceKey, ServicePolicy>;
  reconcile: { perMinute: number };
}
