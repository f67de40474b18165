import * as z from 'zod/mini';
import { envelope, parseEvent } from './envelope.ts';
import { instant, optionalInstant, optionalText, present } from './fields.ts';
import { lastPart } from './service-arn.ts';
import type { StoppedContainer, StoppedTask } from '../domain/failure.ts';

const container = z.object({
  name: z.string(),
  exitCode: z.nullish(z.int()),
  reason: optionalText,
  imageDigest: optionalText,
});

const taskStopped = z.extend(envelope, {
  'detail-type': z.literal('ECS Task State Change'),
  detail: z.object({
    lastStatus: z.literal('STOPPED'), // The events before it carry the same stop code: counted, a stop would count twice.
    taskArn: z.string().check(z.minLength(1)),
    clusterArn: z.string().check(z.minLength(1)),
    taskDefinitionArn: z.string().check(z.minLength(1)),
    containers: z.nullish(z.array(container)),
    group: optionalText,
    startedBy: optionalText,
    createdAt: instant,
    stoppedAt: optionalInstant,
    stopCode: optionalText,
    stoppedReason: optionalText,
  }),
});

const serviceGroup = 'service:';

/** Reads `ECS Task State Change` with lastStatus STOPPED. A task of no service has a key that no service can have. */
export function parseStoppedTask(event: unknown): StoppedTask {
  const { detail, time } = parseEvent(taskStopped, event);
  const { group = '', startedBy, stopCode, stoppedReason } = detail;
  const ofService = group.startsWith(serviceGroup);
  return {
    service: `${lastPart(detail.clusterArn)}/${ofService ? group.slice(serviceGroup.length) : group}`,
    ofService,
    taskArn: detail.taskArn,
    taskDefinition: detail.taskDefinitionArn,
    createdAt: detail.createdAt,
    stoppedAt: detail.stoppedAt ?? time,
    ...present({ startedBy, stopCode, stoppedReason }),
    containers: (detail.containers ?? []).map(stoppedContainer),
  };
}

// An exit code that is not told stays away: 0 would say that the container ended well.
function stoppedContainer({ name, exitCode, reason, imageDigest }: z.output<typeof container>): StoppedContainer {
  return { name, ...present({ exitCode: exitCode ?? undefined, reason, imageDigest }) };
}
