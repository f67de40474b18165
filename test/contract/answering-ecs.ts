import { ecsClient } from '../../lib/adapters/ecs-client.ts';
import { ecsServices } from '../../lib/adapters/ecs-services.ts';
import type { Services } from '../../lib/ports/services.ts';
import { localOptions } from './client-options.ts';
import { awsError, startJsonEndpoint, type JsonAnswer } from './local-endpoint.ts';

export const key = 'production/web';

/** The ARN of a revision of the service's family. */
export function revision(n: number): string {
  return `arn:aws:ecs:eu-west-1:123456789012:task-definition/web:${n}`;
}

/** A service as ECS answers it, in the middle of a rollout. */
export const service = {
  serviceArn: 'arn:aws:ecs:eu-west-1:123456789012:service/production/web',
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 1,
  taskDefinition: revision(7),
  currentServiceRevisions: [{ arn: 'revision/6' }, { arn: 'revision/7' }],
  deployments: [
    {
      id: 'ecs-svc/1',
      status: 'PRIMARY',
      taskDefinition: revision(7),
      rolloutState: 'IN_PROGRESS',
      createdAt: 1_763_895_600,
      updatedAt: 1_763_895_601.5,
    },
    { id: 'ecs-svc/0', status: 'ACTIVE', taskDefinition: revision(6), runningCount: 2, createdAt: 1_763_895_000 },
  ],
};

/** What ECS answers to each operation. */
export type Answers = Record<string, (input: Record<string, unknown>) => JsonAnswer>;

export interface AnsweringEcs {
  port: Services;
  /** What ECS was sent. */
  calls: [operation: string, input: object][];
  stop: () => Promise<void>;
}

/** ECS that answers each operation by its function. */
export async function answeringEcs(answers: Answers): Promise<AnsweringEcs> {
  const calls: AnsweringEcs['calls'] = [];
  const { endpoint, stop } = await startJsonEndpoint(({ operation, text }) => {
    const input = JSON.parse(text) as Record<string, unknown>;
    calls.push([operation, input]);
    return answers[operation]?.(input) ?? awsError('UnknownOperationException', operation);
  });
  return { port: ecsServices(ecsClient(localOptions(endpoint, { maxAttempts: 1 }))), calls, stop };
}

/** Answers that describe the service above, but for what differs. */
export function describing(differing: object = {}): Answers {
  return { DescribeServices: () => ({ body: { services: [{ ...service, ...differing }], failures: [] } }) };
}
