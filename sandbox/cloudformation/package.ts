import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from './template.ts';

/** What `serverless package` left in its folder. */
export interface Package {
  stackName: string;
  template: Template;
  /** A function's archive, by its file name. */
  artifact: (file: string) => Buffer;
}

/** Reads a packaged service, unchanged; says what to do where there is none. */
export function readPackage(folder: string): Package {
  const file = join(folder, 'cloudformation-template-update-stack.json');
  if (!existsSync(file))
    throw new Error(`There is no package in ${folder}: run \`npm run package\` first, or name its folder with --package`);
  return {
    stackName: stackNameOf(folder),
    template: JSON.parse(readFileSync(file, 'utf8')) as Template,
    artifact: (name) => readFileSync(join(folder, name)),
  };
}

function stackNameOf(folder: string): string {
  const file = join(folder, 'serverless-state.json');
  if (!existsSync(file)) return 'sandbox';
  const { service } = JSON.parse(readFileSync(file, 'utf8')) as {
    service: { service: string; provider: { stage: string; stackName?: string } };
  };
  return service.provider.stackName ?? `${service.service}-${service.provider.stage}`;
}
