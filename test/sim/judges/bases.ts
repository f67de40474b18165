import type { Deployment } from '../../../lib/domain/deployment.ts';
import { deploymentTag } from '../../../lib/domain/task-definition.ts';
import type { Observation } from '../observation.ts';
import { holds, type MakeJudge, type Ruling, type Truth } from './judge.ts';
import { blindMs, primaryOf } from './running.ts';

type Copied = Extract<Observation, { kind: 'copied' }>;

/** Design, section 5: a deployment is a copy of what the service runs, or of the newest of its family, as its configuration says. */
export const bases: MakeJudge = (truth) => ({
  rule: 'a copy is of its base',
  watch: (seen) => {
    if (seen.kind !== 'copied') return undefined;
    const current = deploymentOf(truth, seen);
    const base = current && seen.by.configuration.services[current.service]?.base;
    if (current === undefined || base === undefined) return undefined;
    return base === 'service' ? ofService(truth, seen, current) : ofFamily(truth, seen);
  },
});

/** The deployment in flight that the copy is to carry out; other copies pin a revision. */
function deploymentOf({ table }: Truth, { tags }: Copied): Deployment | undefined {
  const inFlight = [...table.heads.values()].flatMap(({ current }) => current ?? []);
  return inFlight.find(({ id, state, rolloutId }) => id === tags[deploymentTag] && state === 'deploying' && rolloutId === undefined);
}

function ofService(truth: Truth, { by, source }: Copied, { service }: Deployment): Ruling {
  const { definition, createdAtMs, updatedAtMs } = primaryOf(truth, service);
  if (Math.max(createdAtMs, updatedAtMs) > by.startedMs - blindMs) return undefined; // Nobody could have known it.
  return holds(source === definition.arn, () => `${service} runs ${definition.arn}, and ${source} was copied`);
}

function ofFamily({ ecs }: Truth, { by, source, copy }: Copied): Ruling {
  const family = ecs.definitions.find(copy)?.family ?? '';
  const others = ecs.definitions.list('ACTIVE', family).filter(({ arn }) => arn !== copy);
  const newest = others.at(-1);
  if (newest === undefined || newest.registeredAtMs > by.startedMs - blindMs) return undefined;
  return holds(source === newest.arn, () => `${newest.arn} is the newest of its family, and ${source} was copied`);
}
