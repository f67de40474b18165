import { execFile, type ExecFileException } from 'node:child_process';
import { createRequire } from 'node:module';
import { usageError } from './command-error.ts';

/** What the Serverless Framework makes of the serverless.yml of a folder: the file with its variables resolved. */
export interface FrameworkConfiguration {
  service?: unknown;
  custom?: { autopilot?: unknown };
  provider?: { stage?: unknown; region?: unknown };
}

const longestMs = 120_000;

/** Asks the framework, as `serverless print` does, for the stage and region that a deployment would have with the same flags. */
export function printed(folder: string, { stage, region }: { stage?: string; region?: string }): Promise<FrameworkConfiguration> {
  const flags = Object.entries({ stage, region }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
  const options = { cwd: folder, timeout: longestMs, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((done, failed) => {
    execFile(process.execPath, [program, 'print', '--format', 'json', ...flags], options, (error, stdout, stderr) => {
      if (error === null) done(JSON.parse(stdout) as FrameworkConfiguration);
      else failed(usageError(complaint(stdout, stderr) || unsaid(error, folder)));
    });
  });
}

function unsaid({ killed, message }: ExecFileException, folder: string): string {
  const why = killed === true ? `serverless print took longer than ${longestMs / 1000} s` : message;
  return `serverless.yml of ${folder} could not be read: ${why}`;
}

// Its own words, without the heading and the note on versions around them.
function complaint(...outputs: string[]): string {
  const lines = outputs.join('\n').split('\n');
  return lines
    .filter((line) => !/^(Error:|Environment:|Docs:)/.test(line))
    .join('\n')
    .trim();
}
