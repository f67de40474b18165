import type { ApplyScanNeeds } from '../../lib/flows/apply-scan.ts';
import type { JudgeStoppedTaskNeeds } from '../../lib/flows/judge-stopped-task.ts';
import type { ObeyCommandNeeds } from '../../lib/flows/obey-command.ts';
import type { TickNeeds } from '../../lib/flows/tick.ts';
import type { ServiceKey } from '../../lib/domain/deployment.ts';
import type { ScalableTargets } from '../../sandbox/model/auto-scaling/targets.ts';
import type { EcsModel } from '../../sandbox/model/ecs/model.ts';
import type { Service } from '../../sandbox/model/ecs/service.ts';
import type { MemoryTable } from '../fakes/memory-table.ts';
import { witnessedScaling } from './nights/witness-scaling.ts';
import type { Observation } from './observation.ts';
import { partsOf } from './place.ts';
import type { Process } from './process.ts';

/** What the flows are given, all of it. */
export type Needs = TickNeeds & ApplyScanNeeds & JudgeStoppedTaskNeeds & ObeyCommandNeeds;

export interface Witnessed {
  ecs: EcsModel;
  targets: ScalableTargets;
  table: MemoryTable;
  observe: (seen: Observation) => void;
}

/** The same ports; whatever takes effect through them is told to the judges at that very moment. */
export function witnessed(needs: Needs, by: Process, { ecs, targets, table, observe }: Witnessed): Needs {
  const changing = <Answer>(service: ServiceKey, call: () => Answer): Answer => {
    const before = table.heads.get(service);
    const answer = call();
    const after = table.heads.get(service);
    if (after !== undefined && after !== before) observe({ kind: 'head', by, before, after });
    return answer;
  };
  const { heads, services, scaling, taskDefinitions, quarantine, failing, topic } = needs;
  return {
    ...needs,
    heads: {
      read: (service) => heads.read(service),
      create: (service, fields) => changing(service, () => heads.create(service, fields)),
      change: (service, version, change) => changing(service, () => heads.change(service, version, change)),
      addFailures: (service, entries) => changing(service, () => heads.addFailures(service, entries)),
      forgetFailures: (service, entries) => changing(service, () => heads.forgetFailures(service, entries)),
    },
    services: {
      ...services,
      run: (service, taskDefinition) => {
        const head = table.heads.get(service);
        const found = factsOf(ecs, service);
        const answer = services.run(service, taskDefinition);
        const now = factsOf(ecs, service);
        const changed = found.primary?.id !== now.primary?.id;
        const counts = { rolloutId: now.primary?.id ?? '', desiredBefore: found.desired, desiredAfter: now.desired };
        const refused = !changed && now.primary?.taskDefinition !== taskDefinition;
        if (!refused) observe({ kind: 'ran', by, ran: { service, taskDefinition, changed, before: found.primary, ...counts, head } });
        return answer;
      },
    },
    ...(scaling === undefined ? {} : { scaling: witnessedScaling(scaling, by, { ecs, targets, table, observe }) }),
    taskDefinitions: {
      ...taskDefinitions,
      registerCopy: async (source, images, tags) => {
        const answer = await taskDefinitions.registerCopy(source, images, tags);
        observe({ kind: 'copied', by, source: source.arn, copy: answer.taskDefinition.arn, tags });
        return answer;
      },
    },
    quarantine: {
      ...quarantine,
      add: (entry) => {
        const answer = quarantine.add(entry);
        observe({ kind: 'quarantined', entry });
        return answer;
      },
    },
    failing: {
      ...failing,
      add: (one) => {
        const answer = failing.add(one);
        observe({ kind: 'found-guilty', failing: one });
        return answer;
      },
    },
    topic: {
      tell: (notification, mail) => {
        const answer = topic.tell(notification, mail);
        observe({ kind: 'told', notification });
        return answer;
      },
    },
  };
}

function factsOf(ecs: EcsModel, key: ServiceKey) {
  const { cluster, name } = partsOf(key);
  const service: Service | undefined = ecs.clusters.get(cluster)?.services.get(name);
  const primary = service?.deployments[0];
  return {
    desired: service?.desiredCount ?? 0,
    primary: primary && { id: primary.id, taskDefinition: primary.definition.arn, sinceMs: primary.updatedAtMs },
  };
}
