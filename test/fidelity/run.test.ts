import { describe, expect, it } from '@jest/globals';
import type { Step } from './case.ts';
import { run } from './run.ts';
import type { Target } from './target.ts';

/** An implementation that answers what it is told to, and whose bus tells these events. */
function answering(answers: Record<string, () => Record<string, unknown>>, events: object[] = []): Target & { called: string[] } {
  const called: string[] = [];
  const queue = events.map((event) => ({ Body: JSON.stringify(event) }));
  const usual: typeof answers = {
    CreateQueue: () => ({ QueueUrl: 'queue' }),
    GetQueueAttributes: () => ({ Attributes: { QueueArn: 'arn' } }),
    ReceiveMessage: () => ({ Messages: queue.splice(0, 1) }),
    ...answers,
  };
  return {
    name: 'fake',
    subnet: 'subnet-1',
    called,
    call: async (_, operation, input) => {
      called.push(`${operation} ${JSON.stringify(input)}`);
      return usual[operation]?.() ?? {};
    },
    passSeconds: async () => undefined,
    close: () => undefined,
  };
}

const runSteps = (target: Target, steps: Step[], listens?: Record<string, unknown>) =>
  run({ name: 'a case', sources: [], steps, ...(listens && { listens }) }, target, 'one');
const refuse = (name: string, message: string) => (): never => {
  throw Object.assign(new Error(message), { name });
};
const [first, second] = [
  { time: '2026-11-20T09:00:00Z', detail: { state: 'a' } },
  { time: '2026-11-20T09:00:01Z', detail: { state: 'b' } },
];

describe('A case', () => {
  it('hands what it saved to later steps, and its own name', async () => {
    const target = answering({ CreateCluster: () => ({ cluster: { arn: 'arn-1' } }) });
    const steps = [
      { call: 'ecs CreateCluster', input: { clusterName: '{unique}' }, save: { arn: 'cluster.arn' } },
      { call: 'ecs DescribeClusters', input: { clusters: ['{arn}'] } },
    ];
    expect(await runSteps(target, steps)).toEqual([]);
    expect(target.called).toEqual(['CreateCluster {"clusterName":"one"}', 'DescribeClusters {"clusters":["arn-1"]}']);
  });

  it('ends at the first step that deviates', async () => {
    const target = answering({ ListClusters: () => ({ clusterArns: ['a'] }) });
    const steps = [{ call: 'ecs ListClusters', answer: { clusterArns: [] } }, { call: 'ecs DescribeClusters' }];
    expect(await runSteps(target, steps)).toMatchObject([{ step: 1, did: 'ecs ListClusters', path: '$.clusterArns' }]);
    expect(target.called).toHaveLength(1);
  });

  it.each<[name: string, refused: { name: string; message?: string } | undefined, answer: () => Record<string, unknown>, paths: string[]]>([
    ['the error that is expected', { name: 'A', message: 'm' }, refuse('A', 'm'), []],
    ['an error of another name', { name: 'A' }, refuse('B', 'm'), ['$.name']],
    ['an error of another text', { name: 'A', message: 'm' }, refuse('A', 'n'), ['$.message']],
    ['an answer in place of an error', { name: 'A' }, () => ({}), ['error']],
    ['an error in place of an answer', undefined, refuse('A', 'm'), ['error']],
  ])('takes %s for what it is', async (_, refused, answer, paths) => {
    const found = await runSteps(answering({ ListClusters: answer }), [{ call: 'ecs ListClusters', ...(refused && { refused }) }]);
    expect(found.map(({ path }) => path)).toEqual(paths);
  });

  it.each<[name: string, step: Step, deviates: boolean]>([
    ['events in their order', { hears: [{ detail: { state: 'a' } }, { detail: { state: 'b' } }] }, false],
    ['events in another order', { hears: [{ detail: { state: 'b' } }, { detail: { state: 'a' } }] }, true],
    ['one event twice that was told once', { hears: [{ detail: { state: 'a' } }, { detail: { state: 'a' } }] }, true],
    ['an event that was not told', { hears: [{ detail: { state: 'c' } }] }, true],
    ['none of an event that was told', { doesNotHear: [{ detail: { state: 'b' } }] }, true],
    ['none of an event that was not told', { doesNotHear: [{ detail: { state: 'c' } }] }, false],
  ])('expects %s', async (_, step, deviates) => {
    const target = answering({}, [second, first]);
    const found = await runSteps(target, [step], { source: ['aws.ecs'] });
    expect(found.length > 0).toBe(deviates);
    expect(target.called.at(-1)).toMatch(/^DeleteRule/); // It listens no longer than it runs.
  });
});
