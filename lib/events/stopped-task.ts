import { envelope, parseEvent } from './envelope.ts';
import { filled, instant, oneOf, optionalInAws, optionalInstant, optionalInteger, optionalText, present, text } from './fields.ts';
import { list, object } from './parts.ts';
import type { ReadBy } from './read.ts';
import { lastPart } from './service-arn.ts';
import type { StoppedContainer, StoppedTask } from '../domain/failure.ts';

const container = object({
  name: text,
  exitCode: optionalInteger,
  reason: optionalText,
  imageDigest: optionalText,
});

const taskStopped = object({
  ...envelope,
  'detail-type': oneOf('ECS Task State Change'),
  detail: object({
    lastStatus: oneOf('STOPPED'), // The events before it carry the same stop code: counted, a stop would count twice.
    taskArn: filled,
    clusterArn: filled,
    taskDefinitionArn: filled,
    containers: optionalInAws(list(container)),
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
function stoppedContainer({ name, exitCode, reason, imageDigest }: ReadBy<typeof container>): StoppedContainer {
  return { name, ...present({ exitCode, reason, imageDigest }) };
}
