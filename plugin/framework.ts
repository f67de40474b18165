import type { Resource } from './cloudformation.ts';

/** What the plugin uses of the Serverless framework. */
export interface Framework {
  service: {
    service: string;
    custom?: Record<string, unknown> & { esbuild?: { define?: Record<string, string>; plugins?: unknown[] } };
    functions: Record<string, { role?: unknown }>;
    provider: { compiledCloudFormationTemplate: { Resources: Record<string, Resource>; Metadata?: Record<string, unknown> } };
  };
  serviceDir: string;
  classes: { Error: new (message: string, code: string) => Error };
  /** The second: settings of the AWS SDK with the region and the credentials of whoever deploys. */
  getProvider(name: 'aws'): { getStage(): string; getAwsSdkV3Config(): Promise<object> };
}

/** Where a plugin writes what people read. */
export interface Log {
  notice(message: string): void;
  warning(message: string): void;
}
