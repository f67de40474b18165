import type { Actor, Guard } from './iam/guard.ts';

/** An AWS service that delivers something, and the resource on whose behalf; resource policies ask for both. */
export interface ServiceSender {
  /** Such as `events.amazonaws.com`. */
  principal: string;
  sourceArn: string;
}

/** Who delivers something: a service, which a resource's own policy lets in, or whoever acts by a role, which says itself that it may. */
export type Sender = ServiceSender | Actor;

/** Why a delivery was not taken. */
export interface DeliveryFault {
  code: 'NO_RESOURCE' | 'NO_PERMISSIONS' | 'SDK_CLIENT_ERROR' | 'THROTTLING';
  message: string;
}

/** Takes what is delivered to a resource; answers the fault where it does not. `attributes` become message attributes of a queue or a topic. */
export type Receiver = (
  arn: string,
  body: string,
  sender: ServiceSender | undefined,
  attributes: Record<string, string>,
) => DeliveryFault | undefined;

/** What a role must allow for a delivery to a service's ARNs. */
const actions: Record<string, string> = { lambda: 'lambda:InvokeFunction', sqs: 'sqs:SendMessage', sns: 'sns:Publish' };

/** Where the services of the sandbox hand things to each other: whoever owns an ARN takes what is delivered to it. */
export class Deliveries {
  readonly #receivers = new Map<string, Receiver>();
  readonly #guard: Guard;
  readonly #throttled = new Map<string, number>();

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  /** Names who takes deliveries to a service's ARNs. */
  register(service: string, receiver: Receiver): void {
    this.#receivers.set(service, receiver);
  }

  /** Refuses the next so many deliveries to a target, named by its ARN or its end, as a target does that is overrun. */
  throttle(target: string, times: number): { done: string } {
    if (target === '') throw new Error('target is the ARN of what is throttled, or its name; it is missing');
    this.#throttled.set(target, times);
    return { done: `${target} is throttled ${times} times` };
  }

  deliver(arn: string, body: string, sender: Sender, attributes: Record<string, string> = {}): DeliveryFault | undefined {
    if (this.#isThrottled(arn)) return { code: 'THROTTLING', message: `The target is throttled: ${arn}` };
    const service = arn.split(':')[2] ?? '';
    const receiver = this.#receivers.get(service);
    if (!receiver) return { code: 'SDK_CLIENT_ERROR', message: `The sandbox delivers to no such target: ${arn}` };
    if (!('role' in sender)) return receiver(arn, body, sender, attributes);
    const action = actions[service] ?? '';
    if (this.#guard.allows(sender, action, arn)) return receiver(arn, body, undefined, attributes);
    return { code: 'NO_PERMISSIONS', message: `The role of ${sender.name} does not allow ${action} on ${arn}` };
  }

  #isThrottled(arn: string): boolean {
    const [target, times = 0] = [...this.#throttled].find(([name, left]) => left > 0 && (arn === name || arn.endsWith(`:${name}`))) ?? [];
    if (target === undefined) return false;
    this.#throttled.set(target, times - 1);
    return true;
  }
}
