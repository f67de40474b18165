import * as z from 'zod';
import { autopilot, serviceKeyPattern } from './schema.ts';

/** JSON Schema of serverless.yml for editors: only `custom.autopilot` is ours, the rest is left open. */
export function editorSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(autopilot, { io: 'input', override: nameServiceKeys });
  return {
    $schema,
    title: 'serverless.yml of ecs-autopilot',
    type: 'object',
    properties: { custom: { type: 'object', properties: { autopilot: schema } } },
  };
}

/** The services are a mapping with free keys, of which the schema itself says nothing. */
function nameServiceKeys({ jsonSchema, path }: { jsonSchema: z.core.JSONSchema.BaseSchema; path: (string | number)[] }): void {
  if (path.at(-1) === 'services' && jsonSchema.type === 'object')
    jsonSchema.propertyNames = { pattern: serviceKeyPattern.source.replaceAll(String.raw`\/`, '/') };
}
