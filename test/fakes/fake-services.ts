import type { ServiceKey } from '../../lib/domain/deployment.ts';
import type { StoppedTask } from '../../lib/domain/failure.ts';
import type { Digest } from '../../lib/domain/image.ts';
import type { Instant } from '../../lib/domain/instant.ts';
import type { ObservedService } from '../../lib/domain/service.ts';
import { MissingError, RefusedError } from '../../lib/errors.ts';
import type { Services } from '../../lib/ports/services.ts';
import { failed, resized, rolledOver, settled, steady } from './fake-rollouts.ts';
import { frozen } from './memory-table.ts';

/** ECS services that do as they are told and nothing by themselves: a rollout completes or fails when the test says so. */
export interface FakeServices extends Services {
  services: Map<ServiceKey, ObservedService>;
  /** Told by `stoppedTasks`. */
  stopped: Map<ServiceKey, StoppedTask[]>;
  /** Told by `runningDigests`, by ARN of the revision. */
  digests: Map<string, Record<string, Digest>>;
  /** Clusters that ECS does not know: whatever is asked about them is refused. */
  missingClusters: Set<string>;
  /** Revisions that were deregistered: no service takes them. */
  inactive: Set<string>;
  /** Every revision that a service was told to run, in order. */
  updates: { service: ServiceKey; taskDefinition: string }[];
  /** Puts a service there: steady on its revision, but for what differs. */
  add(service: ServiceKey, taskDefinition: string, differing?: Partial<ObservedService>): ObservedService;
  /** The rollout under way replaces all others and is COMPLETED. */
  complete(service: ServiceKey, at: Instant): void;
  /** Reads see everything: some seconds passed, as where a task was started and stopped again. */
  catchUp(): void;
  /** It has other counts from now on, which reads miss for a while as they do a rollout. */
  resize(service: ServiceKey, desiredCount: number, runningCount: number): void;
  /** The rollout under way is FAILED, and stays. */
  fail(service: ServiceKey, reason: string, at: Instant): void;
}

/** Fake services; `now` dates the rollouts that `run` begins, which reads miss for `lagMs`, unless the test has ECS do something since. */
export function fakeServices(now: () => Date = () => new Date('2026-11-23T12:00:00.000Z'), lagMs = 0): FakeServices {
  const services = new Map<ServiceKey, ObservedService>();
  const stopped = new Map<ServiceKey, StoppedTask[]>();
  const digests = new Map<string, Record<string, Digest>>();
  const missingClusters = new Set<string>();
  const inactive = new Set<string>();
  const updates: FakeServices['updates'] = [];
  const lags = new Map<ServiceKey, { service: ObservedService; untilMs: number }>();
  let rollouts = 0;
  const nextRollout = () => `ecs-svc/${String((rollouts += 1)).padStart(19, '0')}`;
  const put = (service: ObservedService): ObservedService => {
    lags.delete(service.key);
    services.set(service.key, frozen(service));
    return service;
  };
  const checkCluster = (key: ServiceKey): void => {
    const cluster = key.slice(0, key.indexOf('/'));
    if (missingClusters.has(cluster)) throw new MissingError('cluster', `no cluster ${cluster}`);
  };
  return {
    services,
    stopped,
    digests,
    missingClusters,
    inactive,
    updates,
    add: (key, taskDefinition, differing = {}) => put(steady(key, taskDefinition, nextRollout(), now().toISOString(), differing)),
    complete: (key, at) => void put(settled(existing(services, key), at)),
    fail: (key, reason, at) => void put(failed(existing(services, key), reason, at)),
    resize: (key, desiredCount, runningCount) => {
      const service = existing(services, key);
      put(resized(service, desiredCount, runningCount));
      lags.set(key, { service, untilMs: now().getTime() + lagMs });
    },
    catchUp: () => lags.clear(),
    read: async (key) => {
      checkCluster(key);
      const lag = lags.get(key);
      return lag !== undefined && now().getTime() < lag.untilMs ? lag.service : services.get(key);
    },
    stoppedTasks: async (key) => stopped.get(key) ?? [],
    runningDigests: async (_key, taskDefinition) => digests.get(taskDefinition) ?? {},
    run: async (key, taskDefinition) => {
      checkCluster(key);
      const service = existing(services, key);
      if (service.status !== 'ACTIVE')
        throw new RefusedError(`run ${taskDefinition} on ${key}: it is ${service.status}`, 'ServiceNotActiveException');
      if (inactive.has(taskDefinition)) throw new RefusedError(`run ${taskDefinition} on ${key}: it is INACTIVE`, 'ClientException');
      updates.push({ service: key, taskDefinition });
      if (service.taskDefinition === taskDefinition) return service; // ECS begins no rollout for what it runs already.
      const rolled = put(rolledOver(service, taskDefinition, nextRollout(), now().toISOString()));
      lags.set(key, { service, untilMs: now().getTime() + lagMs });
      return rolled;
    },
  };
}

function existing(services: Map<ServiceKey, ObservedService>, key: ServiceKey): ObservedService {
  const service = services.get(key);
  if (service === undefined) throw new MissingError('service', `no service ${key}`);
  return service;
}
