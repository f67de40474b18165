/** An AWS service that delivers something, and the resource on whose behalf; resource policies ask for both. Absent: sent by a role. */
export interface Sender {
  /** Such as `events.amazonaws.com`. */
  principal: string;
  sourceArn: string;
}

/** Why a delivery was not taken. */
export interface DeliveryFault {
  code: 'NO_RESOURCE' | 'NO_PERMISSIONS' | 'SDK_CLIENT_ERROR';
  message: string;
}

/** Takes what is delivered to a resource; answers the fault where it does not. `attributes` become message attributes of a queue or a topic. */
export type Receiver = (
  arn: string,
  body: string,
  sender: Sender | undefined,
  attributes: Record<string, string>,
) => DeliveryFault | undefined;

/** Where the services of the sandbox hand things to each other: whoever owns an ARN takes what is delivered to it. */
export class Deliveries {
  readonly #receivers = new Map<string, Receiver>();

  /** Names who takes deliveries to a service's ARNs. */
  register(service: string, receiver: Receiver): void {
    this.#receivers.set(service, receiver);
  }

  deliver(arn: string, body: string, sender?: Sender, attributes: Record<string, string> = {}): DeliveryFault | undefined {
    const receiver = this.#receivers.get(arn.split(':')[2] ?? '');
    if (!receiver) return { code: 'SDK_CLIENT_ERROR', message: `The sandbox delivers to no such target: ${arn}` };
    return receiver(arn, body, sender, attributes);
  }
}
