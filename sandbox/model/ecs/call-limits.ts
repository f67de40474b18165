import { EcsError } from './errors.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';

interface Limit {
  actions: readonly string[];
  burst: number;
  perSecond: number;
}

/** The token buckets of ECS, an account and region each, as the developer guide has them. */
const limits: readonly Limit[] = [
  { actions: ['RegisterTaskDefinition', 'DeregisterTaskDefinition'], burst: 20, perSecond: 1 },
  { actions: ['DescribeTaskDefinition', 'ListTaskDefinitions', 'ListTaskDefinitionFamilies'], burst: 50, perSecond: 20 },
  { actions: ['CreateService', 'UpdateService', 'DeleteService'], burst: 50, perSecond: 5 },
  { actions: ['DescribeServices', 'ListServices'], burst: 100, perSecond: 20 },
  { actions: ['ListServiceDeployments', 'DescribeServiceDeployments'], burst: 50, perSecond: 20 },
  { actions: ['DescribeServiceRevisions'], burst: 50, perSecond: 20 },
  { actions: ['StopServiceDeployment'], burst: 50, perSecond: 5 }, // The guide names no bucket for it: that of service changes is taken.
  { actions: ['CreateCluster', 'DeleteCluster'], burst: 25, perSecond: 1 },
  { actions: ['DescribeClusters', 'ListClusters'], burst: 50, perSecond: 20 },
  { actions: ['DescribeTasks', 'ListTasks'], burst: 100, perSecond: 20 },
  { actions: ['RunTask', 'StopTask'], burst: 100, perSecond: 40 },
  { actions: ['TagResource', 'UntagResource'], burst: 20, perSecond: 10 },
  { actions: ['ListTagsForResource'], burst: 50, perSecond: 20 },
];

interface Bucket {
  limit: Limit;
  tokens: number;
  filledAtMs: number;
}

/** Refuses calls that come too fast, where it is switched on. The buckets fill up again in sandbox time. */
export class CallLimits {
  on: boolean;
  readonly #surroundings: Surroundings;
  readonly #buckets = new Map<string, Bucket>();

  constructor(surroundings: Surroundings, on: boolean) {
    this.on = on;
    this.#surroundings = surroundings;
    for (const limit of limits) {
      const bucket = { limit, tokens: limit.burst, filledAtMs: nowMs(surroundings) };
      for (const action of limit.actions) this.#buckets.set(action, bucket);
    }
  }

  /** Takes a token of the action's bucket; throws ThrottlingException where there is none left. */
  take(action: string): void {
    const bucket = this.on ? this.#buckets.get(action) : undefined;
    if (bucket === undefined) return;
    const { limit } = bucket;
    const passedMs = nowMs(this.#surroundings) - bucket.filledAtMs;
    bucket.tokens = Math.min(limit.burst, bucket.tokens + (passedMs * limit.perSecond) / 1000);
    bucket.filledAtMs += passedMs;
    if (bucket.tokens < 1) throw new EcsError('ThrottlingException', 'Rate exceeded');
    bucket.tokens--;
  }
}
