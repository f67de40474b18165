import type { StoppedTask } from '../../lib/domain/failure.ts';
import type { ImagePush } from '../../lib/domain/image-push.ts';

type Told<Event, Keys extends keyof Event> = Pick<Event, Keys> & Partial<Event>;

/** A push as ECR tells it. */
export function aPush(told: Told<ImagePush, 'repository' | 'time'>): ImagePush {
  return { origin: 'push', action: 'PUSH', result: 'SUCCESS', account: '123456789012', region: 'eu-west-1', ...told };
}

/** A task of a service whose only container exited with 1, as ECS tells it. */
export function aCrash(told: Told<StoppedTask, 'service' | 'taskArn' | 'taskDefinition' | 'stoppedAt' | 'createdAt'>): StoppedTask {
  return {
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    ofService: true,
    containers: [{ name: 'web', exitCode: 1 }],
    ...told,
  };
}

/** ARN of a task in the cluster of the tests. */
export function taskArn(id: string): string {
  return `arn:aws:ecs:eu-west-1:123456789012:task/production/${id}`;
}
