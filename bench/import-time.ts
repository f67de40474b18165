import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const environment = {
  AWS_REGION: 'eu-west-1',
  AUTOPILOT_TABLE: 'ecs-autopilot-bench',
  AUTOPILOT_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:bench',
  AUTOPILOT_STAGE: 'bench',
};
const timed = 'const begun = performance.now(); require(process.argv[1]); process.stdout.write(String(performance.now() - begun));';
/** Those with which Lambda runs Node 24. */
const flags = ['--no-experimental-require-module', '--no-experimental-detect-module'];

/** How long a bundle takes to be imported by a process that did nothing before, in milliseconds. */
export async function importMs(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '-e', timed, file], { env: environment });
  return Number(stdout);
}
