import type { FrameworkConfiguration } from '../../cli/framework.ts';
import { plainPage } from '../../cli/page.ts';
import { run } from '../../cli/run.ts';
import type { Verb } from '../../cli/verb.ts';
import type { CommandLineEndpoint, CommandLineNeeds } from '../../lib/wire.ts';

/** What stands around a command in a test. */
export interface Around {
  file?: FrameworkConfiguration;
  env?: Record<string, string>;
  /** What the person at the terminal answers; nobody sits there without it. */
  answer?: boolean;
  needs?: Partial<CommandLineNeeds>;
  now?: Date;
}

export interface Ended {
  status: number;
  out: string;
  err: string;
  /** What was asked. */
  asked: string[];
  /** Which AWS was spoken to, and which table. */
  at: CommandLineEndpoint[];
  tables: string[];
}

/** The least that serverless.yml may say. */
export const smallFile: FrameworkConfiguration = {
  service: 'ecs-autopilot',
  provider: { stage: 'production', region: 'eu-central-1' },
  custom: { autopilot: { services: { 'production/web': { image: 'web' }, 'production/api': { image: 'api' } } } },
};

const identity = async () => ({ account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ann' });

/** Runs the command line beside everything that it reaches. */
export async function command(line: string, verbs: readonly Verb[], around: Around = {}): Promise<Ended> {
  const ended: Ended = { status: -1, out: '', err: '', asked: [], at: [], tables: [] };
  ended.status = await run(line.split(' ').filter(Boolean), verbs, {
    env: around.env ?? {},
    now: async () => around.now ?? new Date('2026-11-25T08:00:00.000Z'),
    version: '1.2.3',
    page: plainPage(80),
    isAsked: around.answer !== undefined,
    out: (text) => (ended.out += `${text}\n`),
    err: (text) => (ended.err += `${text}\n`),
    ask: async (question) => {
      ended.asked.push(question);
      return around.answer === true;
    },
    configurationOf: async () => around.file ?? smallFile,
    wire: (at, table) => {
      ended.at.push(at);
      ended.tables.push(table);
      return { caller: { identity }, ...around.needs } as CommandLineNeeds;
    },
  });
  return ended;
}
