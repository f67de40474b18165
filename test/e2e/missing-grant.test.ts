import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Alerts } from '../../demo/alerts.ts';
import { awsAt } from '../../demo/aws.ts';
import { sandboxClock } from '../../demo/clock.ts';
import { readStage } from '../../demo/stack.ts';
import { tell } from '../../demo/story.ts';
import type { Envelope } from '../../sandbox/events/bus.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { eventProblems } from '../fixtures/event-laws.ts';
import { packaged } from '../fixtures/packaged.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Role {
  Properties: { Policies: { PolicyDocument: { Statement: { Action: string[] }[] } }[] };
}

/** A copy of the package in which one role lacks one action. */
async function packageWithout(role: string, action: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-autopilot-without-'));
  folders.push(folder);
  cpSync(await packaged('one'), folder, { recursive: true });
  const file = join(folder, 'cloudformation-template-update-stack.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, Role> };
  const statements = template.Resources[role]?.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? [];
  const granting = statements.filter(({ Action }) => Action.includes(action));
  if (granting.length === 0) throw new Error(`${role} does not grant ${action}`);
  for (const statement of granting) statement.Action = statement.Action.filter((one) => one !== action);
  writeFileSync(file, JSON.stringify(template));
  return folder;
}

/** Plays the story, as npm start does; answers what did not come out and what the sandbox warned of. */
async function playWith(folder: string): Promise<{ faults: string[]; warnings: string[] }> {
  const warnings: string[] = [];
  const sandbox = await startSandbox({ package: folder, start: new Date('2026-11-23T08:00:00.000Z'), warn: (text) => warnings.push(text) });
  const events: Envelope[] = [];
  sandbox.onEvent((event) => events.push(event));
  try {
    const aws = awsAt(sandbox.endpoint);
    const alerts = await Alerts.subscribe(aws.sns, aws.sqs);
    const faults = await tell({
      aws,
      clock: sandboxClock(sandbox.endpoint),
      alerts,
      stage: readStage(folder),
      endpoint: sandbox.endpoint,
      say: () => undefined,
      stepsMax: 80,
    });
    expect(eventProblems(events)).toEqual([]);
    return { faults, warnings };
  } finally {
    await sandbox.close();
  }
}

describe('A role with one action removed', () => {
  it.each<[role: string, action: string, named: RegExp]>([
    [
      'DeployImageRole',
      'ecs:UpdateService',
      /^ecs-autopilot-production-deploy-image may not call ecs:UpdateService on arn:aws:ecs:eu-west-1:123456789012:service\/production\/my-web-app: .*DeployImageRole, \w+ \(policy deploy-image\), names the resource and not the action$/,
    ],
  ])('%s without %s makes the story fail, and the sandbox names what is missing', async (role, action, named) => {
    const folder = await packageWithout(role, action);
    const { faults, warnings } = await playWith(folder);
    expect(faults).toEqual([expect.stringContaining('it is live')]);
    expect(warnings).toContainEqual(expect.stringMatching(named));
  });
});
