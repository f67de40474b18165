import { parseImagePush } from '../../lib/events/image-push.ts';
import { parseRolloutChange } from '../../lib/events/rollout-change.ts';
import { parseScan } from '../../lib/events/scan.ts';
import { parseStoppedTask } from '../../lib/events/stopped-task.ts';
import { applyScan } from '../../lib/flows/apply-scan.ts';
import { deployImage } from '../../lib/flows/deploy-image.ts';
import { followRollout } from '../../lib/flows/follow-rollout.ts';
import { judgeStoppedTask } from '../../lib/flows/judge-stopped-task.ts';
import type { EmittedEvent } from '../../sandbox/model/ecs/surroundings.ts';
import type { Functions, Order } from './functions.ts';
import { place } from './place.ts';
import type { FunctionName } from './process.ts';
import { later, type Surroundings } from './surroundings.ts';

/** The functions that events wake. */
type Woken = Exclude<FunctionName, 'tick' | 'obey-command'>;

/** EventBridge between the models and the functions: each function gets what its packaged patterns let through, at least once and in no order. */
export class Delivery {
  readonly #surroundings: Surroundings;
  readonly #functions: Functions;
  #events = 0;
  /** Nothing is delivered before the product is installed. */
  open = false;

  constructor(surroundings: Surroundings, functions: Functions) {
    this.#surroundings = surroundings;
    this.#functions = functions;
  }

  /** Takes an event from a model. */
  emit(event: EmittedEvent): void {
    const target = this.open ? targetOf(event) : undefined;
    if (target === undefined) return;
    const { faults, delays, agenda, trace } = this.#surroundings;
    const id = `event-${++this.#events}`;
    const time = `${agenda.now().toISOString().slice(0, 19)}Z`; // Events tell whole seconds.
    const order = this.#orderOf(target, { version: '0', id, ...place, time, ...event });
    if (faults.strikes('event lost')) return trace.note(() => `lost: ${order.because}`);
    const deliver = (delayMs: number): void => void later(this.#surroundings, delayMs, () => this.#functions.invoke(order));
    const lateMs = faults.strikes('event late') ? faults.between(10_000, 300_000) : 0;
    const overtakenMs = faults.strikes('event out of order') ? faults.between(2_500, 20_000) : 0;
    const delayMs = delays.between(150, 2_500) + lateMs + overtakenMs;
    deliver(delayMs);
    if (faults.strikes('event repeated'))
      deliver(delayMs + (faults.strikes('event late') ? faults.between(1_000, 300_000) : faults.between(0, 400)));
  }

  #orderOf(name: Woken, event: Record<string, unknown>): Order {
    switch (name) {
      case 'deploy-image': {
        const push = parseImagePush(event);
        const { repository, digest = '', tag = '' } = push;
        const done = (): void => this.#surroundings.observe({ kind: 'handled-push', repository, digest, tag });
        return {
          name,
          because: `push of ${repository}:${tag} ${digest.slice(7, 15)}`,
          flow: (needs, at) => deployImage(push, needs, at),
          done,
        };
      }
      case 'follow-rollout': {
        const change = parseRolloutChange(event);
        const because = `${change.service} ${change.eventName} ${change.rolloutId?.slice(0, 14) ?? ''}`;
        return { name, because, flow: (needs, at) => followRollout(change, needs, at) };
      }
      case 'judge-stopped-task': {
        const task = parseStoppedTask(event);
        const because = `${task.service} task of ${task.taskDefinition.split('/')[1]} stopped: ${task.stopCode} ${task.stoppedReason}`;
        return { name, because, flow: (needs, at) => judgeStoppedTask(task, needs, at) };
      }
      case 'apply-scan': {
        const told = parseScan(event);
        const because = `scan of ${told.repository} ${told.digest.slice(7, 15)}`;
        return { name, because, flow: (needs, at) => applyScan(told, needs, at) };
      }
      default:
        return name satisfies never;
    }
  }
}

/** The function that an event wakes, as the packaged patterns say; every service and repository of the world is configured. */
export function targetOf({ 'detail-type': type, detail }: EmittedEvent): Woken | undefined {
  switch (type) {
    case 'ECR Image Action':
      return detail['action-type'] === 'PUSH' && detail['image-tag'] !== '' ? 'deploy-image' : undefined;
    case 'ECR Image Scan':
      return 'apply-scan';
    case 'ECS Deployment State Change':
      return 'follow-rollout';
    case 'ECS Service Action':
      return detail['eventType'] === 'INFO' ? undefined : 'follow-rollout';
    case 'ECS Task State Change': {
      const scaling = String(detail['stoppedReason']).startsWith('Scaling activity initiated by');
      return detail['lastStatus'] === 'STOPPED' && !scaling ? 'judge-stopped-task' : undefined;
    }
    default:
      return undefined;
  }
}
