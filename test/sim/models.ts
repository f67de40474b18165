import { Outages } from './hardships/outages.ts';
import { Images } from './images.ts';
import type { Observation } from './observation.ts';
import { place } from './place.ts';
import type { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import { ecsCapacity } from '../../sandbox/model/auto-scaling/ecs-capacity.ts';
import { ScalableTargets } from '../../sandbox/model/auto-scaling/targets.ts';
import { EcrModel } from '../../sandbox/model/ecr/model.ts';
import { EcsModel } from '../../sandbox/model/ecs/model.ts';
import type { EmittedEvent } from '../../sandbox/model/ecs/surroundings.ts';
import { lastName } from '../../sandbox/model/ecs/arns.ts';

export interface Models {
  ecs: EcsModel;
  ecr: EcrModel;
  images: Images;
  targets: ScalableTargets;
  outages: Outages;
}

interface ModelOptions {
  agenda: SteppedAgenda;
  seed: number;
  staleReadsMs: number;
  emit: (event: EmittedEvent) => void;
  observe: (seen: Observation) => void;
}

/** The models of ECS, ECR and Application Auto Scaling on one clock; ECS pulls from ECR. Each task that stopped is shown to the judges, told or not. */
export function modelEcs({ agenda, seed, staleReadsMs, emit, observe }: ModelOptions): Models {
  const ecr = new EcrModel({ agenda, emit, ...place });
  const outages = new Outages(() => agenda.now().getTime());
  const ecs = new EcsModel({
    agenda,
    images: outages.over(ecr),
    seed,
    staleReadsMs,
    steadyStateRepeatsMs: 0,
    isTold: ({ lastStatus }) => lastStatus === 'STOPPED', // No pattern lets the others through.
    ...place,
    emit: (event) => {
      const { detail } = event;
      if (detail['lastStatus'] === 'STOPPED') {
        const cluster = lastName(String(detail['clusterArn']));
        const task = ecs.tasks.find(cluster, String(detail['taskArn']));
        if (task !== undefined) observe({ kind: 'task-stopped', service: `${cluster}/${task.order.group.slice('service:'.length)}`, task });
      }
      emit(event);
    },
  });
  return { ecs, ecr, images: new Images(ecr, agenda), targets: new ScalableTargets(ecsCapacity(ecs)), outages };
}
