import type { Flags, Given } from './verb.ts';

/** The flags that every verb has. */
export const commonFlags = {
  stage: { type: 'string', value: 'NAME', summary: 'stage of the installation; default: as in serverless.yml' },
  region: { type: 'string', value: 'NAME', summary: 'AWS region; default: as in serverless.yml' },
  sandbox: { type: 'boolean', summary: 'speak to the sandbox on this machine instead of AWS' },
  json: { type: 'boolean', summary: 'answer in JSON, for machines' },
  yes: { type: 'boolean', summary: 'do not ask before a change' },
  help: { type: 'boolean', summary: 'show help' },
  version: { type: 'boolean', summary: 'show the version' },
} as const satisfies Flags;

export type CommonFlags = Given<typeof commonFlags>;
