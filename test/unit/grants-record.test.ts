import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { faultsOf, recordGrants, recordVariable, unusedOf } from '../fixtures/grants-record.ts';

const before = process.env[recordVariable];
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grants-'));
  file = join(folder, 'record');
  process.env[recordVariable] = file;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env[recordVariable];
  else process.env[recordVariable] = before;
});

const grant = (action: string, uses: number) => ({
  caller: 'ecs-autopilot-production-tick',
  policy: 'tick',
  statement: 'Table',
  action,
  uses,
});

describe('The grants that no test used', () => {
  it('are those that no installation used', () => {
    recordGrants([grant('dynamodb:GetItem', 3), grant('sns:Publish', 0), grant('ecs:ListTasks', 0)]);
    recordGrants([grant('dynamodb:GetItem', 0), grant('sns:Publish', 1), grant('ecs:ListTasks', 0)]);
    expect(unusedOf(file)).toEqual(['tick ecs:ListTasks']);
  });

  it('are used by one statement of several', () => {
    recordGrants([grant('ecs:DescribeServices', 0), { ...grant('ecs:DescribeServices', 2), statement: 'Services2' }]);
    expect(unusedOf(file)).toEqual([]);
  });

  it('are none where nothing was installed', () => {
    expect(unusedOf(file)).toEqual([]);
  });

  it.each<[sentence: string, unused: string[], reasons: Record<string, string>, faults: string[]]>([
    ['need a reason each', ['tick sns:Publish'], {}, ['tick sns:Publish is granted and never used']],
    ['may have one', ['tick sns:Publish'], { 'tick sns:Publish': 'pages' }, []],
    ['leave the list once they are used', [], { 'tick sns:Publish': 'pages' }, ['tick sns:Publish is used after all']],
  ])('%s', (_, unused, reasons, faults) => {
    expect(faultsOf(unused, reasons)).toEqual(faults);
  });
});
