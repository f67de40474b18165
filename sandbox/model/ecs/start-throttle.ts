import type { Hosts } from './hosts.ts';
import type { Service } from './service.ts';
import type { ServiceLog } from './service-log.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';

const freeRounds = 3;
const firstDelayMs = 30_000;
const longestDelayMs = 27 * 60_000;
const capacityRetryMs = 60_000;
const noFargate =
  'was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.';
const noHost = 'was unable to place a task because no container instance met all of its requirements.';

/** Slows down the starts of a service whose tasks do not get to RUNNING. Crashes after RUNNING are not slowed down. */
export class StartThrottle {
  readonly #surroundings: Surroundings;
  readonly #log: ServiceLog;
  readonly #hosts: Hosts;

  constructor(surroundings: Surroundings, log: ServiceLog, hosts: Hosts) {
    this.#surroundings = surroundings;
    this.#log = log;
    this.#hosts = hosts;
  }

  /** Undefined when tasks may start now, else when to try again. Where there is no capacity, each try is told as a placement failure. */
  mayStart(service: Service): number | undefined {
    const now = nowMs(this.#surroundings);
    const { scheduling } = service;
    if (scheduling.notBeforeMs > now) return scheduling.notBeforeMs;
    const { noCapacity: reason } = scheduling;
    if (reason === undefined) return undefined;
    scheduling.notBeforeMs = now + capacityRetryMs;
    const onFargate = reason === 'RESOURCE:FARGATE';
    this.#log.note(
      service,
      onFargate ? noFargate : `${noHost} The closest matching container-instance has insufficient resources: ${reason}.`,
    );
    const closest = onFargate
      ? {}
      : {
          containerInstanceArns: this.#hosts
            .of(service.clusterName)
            .slice(0, 1)
            .map(({ arn }) => arn),
        };
    this.#log.action(service, 'ERROR', 'SERVICE_TASK_PLACEMENT_FAILURE', { ...closest, reason });
    return scheduling.notBeforeMs;
  }

  /** A task never got to RUNNING. After three rounds of such the delay begins, and doubles up to 27 minutes. */
  countFailure(service: Service): void {
    const { scheduling } = service;
    const rounds = Math.floor(++scheduling.failedStarts / Math.max(1, service.desiredCount));
    if (rounds < freeRounds) return;
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (rounds - freeRounds));
    scheduling.notBeforeMs = Math.max(scheduling.notBeforeMs, nowMs(this.#surroundings) + delayMs);
    if (scheduling.impaired) return;
    scheduling.impaired = true;
    this.#log.note(service, 'is unable to consistently start tasks successfully.');
    this.#log.action(service, 'WARN', 'SERVICE_TASK_START_IMPAIRED');
  }

  /** A task reached RUNNING, or something new is to be started. */
  reset({ scheduling }: Service): void {
    scheduling.failedStarts = 0;
    scheduling.notBeforeMs = 0;
    scheduling.impaired = false;
  }
}
