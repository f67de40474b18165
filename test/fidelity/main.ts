import { parseArgs } from 'node:util';
import { allCases } from './all-cases.ts';
import { judge, reportOf } from './report.ts';
import { run } from './run.ts';
import { targetAt } from './target.ts';
import type { Target } from './target.ts';
import { startTarget } from './sandbox-target.ts';

const { values } = parseArgs({ options: { 'endpoint-url': { type: 'string' }, name: { type: 'string' }, only: { type: 'string' } } });

/** Moto answers a page of its own; anything else is called by the name given. */
async function nameOf(endpoint: string): Promise<string> {
  const answer = await fetch(new URL('/moto-api/data.json', endpoint)).catch(() => undefined);
  return answer?.ok === true ? 'moto' : 'other';
}

/** A subnet of the account, where the implementation wants to know them. */
async function subnetAt(endpoint: string): Promise<string> {
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=test/20261120/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=0',
  };
  const body = new URLSearchParams({ Action: 'DescribeSubnets', Version: '2016-11-15' });
  const answer = await fetch(endpoint, { method: 'POST', headers, body }).catch(() => undefined);
  return /<subnetId>(subnet-\w+)</.exec((await answer?.text()) ?? '')?.[1] ?? 'subnet-0a4d1c9e7b35f2810';
}

async function open(endpoint: string | undefined): Promise<Target> {
  return endpoint === undefined
    ? await startTarget()
    : targetAt(endpoint, { name: values.name ?? (await nameOf(endpoint)), subnet: await subnetAt(endpoint) });
}

const target = await open(values['endpoint-url']);
const tag = Date.now().toString(36);
const cases = allCases.filter(({ name }) => name.includes(values.only ?? ''));
const results = [];
for (const [i, told] of cases.entries()) results.push({ told, deviations: await run(told, target, `${tag}-${i}`) });
target.close();
const verdict = judge(results, target.name);
process.stdout.write(`${reportOf(verdict, target.name)}\n`);
process.exitCode = verdict.unexplained.length + verdict.outdated.length > 0 ? 1 : 0;
