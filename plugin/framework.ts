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
  getProvider(name: 'aws'): { getStage(): string };
}

/** Where a plugin writes what people read. */
export interface Log {
  notice(message: string): void;
  warning(message: string): void;
}
