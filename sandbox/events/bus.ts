import type { Target } from '@aws-sdk/client-eventbridge';
import type { Clock } from '../clock.ts';
import type { Deliveries, ServiceSender } from '../delivery.ts';
import type { Ids } from '../ids.ts';
import type { EventMatcher } from '../model/event-pattern.ts';
import type { BusEvent } from '../service.ts';
import { EventFaults } from './event-faults.ts';
import { deliverPersistently, type GivenUp } from './persistent-delivery.ts';
import { targetInput } from './target-input.ts';

/** A rule of the default bus. */
export interface Rule {
  name: string;
  arn: string;
  description?: string;
  pattern?: string;
  schedule?: string;
  matches: EventMatcher;
  enabled: boolean;
  targets: Target[];
}

/** An event in the envelope in which targets get it. */
export type Envelope = BusEvent & { version: '0'; id: string; account: string; time: string; region: string };

/** Where an event comes from. */
export interface EventPlace {
  account: string;
  region: string;
}

/** One statement of the bus's policy. */
export interface Permission {
  /** An account, or `*`. */
  principal: string;
  action: string;
}

export interface BusOptions {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
  deliveries: Deliveries;
  warn: (text: string) => void;
}

/** The default event bus: hands each event to the targets of every rule that asks for it. */
export class Bus {
  readonly rules = new Map<string, Rule>();
  /** What happens to events on their way to the rules. */
  readonly faults = new EventFaults();
  /** The accounts that may put events on this bus, by the id of the statement that lets them. */
  readonly permissions = new Map<string, Permission>();
  readonly #listeners = new Set<(event: Envelope) => void>();
  readonly #options: BusOptions;

  constructor(options: BusOptions) {
    this.#options = options;
  }

  /** Calls back with every event that is put; answers how to stop that. */
  onEvent(listener: (event: Envelope) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Puts an event; answers its id. Targets get it after whoever puts it is done, and no time passes before that. */
  put(event: BusEvent, time = this.#options.clock.now(), from: EventPlace = this.#options): string {
    const { account, region } = from;
    const id = this.#options.ids.uuid();
    const envelope: Envelope = { version: '0', id, ...event, account, time: time.toISOString().replace(/\.\d+Z$/, 'Z'), region };
    // Through JSON, as over the wire: dates become texts, and nobody shares an object with the model that told it.
    const sent = JSON.parse(JSON.stringify(envelope)) as Envelope;
    for (const listener of this.#listeners) listener(sent);
    for (const afterMs of this.faults.arrivalsOf(sent['detail-type'])) this.#arrive(sent, afterMs);
    return envelope.id;
  }

  /** An event of another account, by a rule there that names this bus: it arrives where a permission of the bus names that account. */
  forward(event: BusEvent, from: EventPlace): void {
    const isLet = [...this.permissions.values()].some(({ principal }) => principal === '*' || principal === from.account);
    if (isLet) this.put(event, undefined, from);
  }

  #arrive(event: Envelope, afterMs: number): void {
    const { clock } = this.#options;
    const arrive = (): void => {
      for (const rule of this.rulesFor(event)) for (const target of rule.targets) this.deliver(rule, target, event);
    };
    if (afterMs > 0) clock.agenda.at(new Date(clock.now().getTime() + afterMs), arrive);
    else
      void clock.during(async () => {
        await Promise.resolve();
        arrive();
      });
  }

  /** Which rules an event starts. */
  rulesFor(event: unknown): Rule[] {
    return [...this.rules.values()].filter(({ enabled, pattern, matches }) => enabled && pattern !== undefined && matches(event));
  }

  deliver(rule: Rule, target: Target, event: Envelope): void {
    const { deliveries, clock } = this.#options;
    const input = targetInput(target, { ...event }, rule.arn);
    deliverPersistently(
      clock,
      target.RetryPolicy,
      () => deliveries.deliver(target.Arn ?? '', input, sender(rule)),
      (given) => this.#giveUp(rule, target, event, given),
    );
  }

  /** What cannot be delivered, or not any more, goes to the rule's dead-letter queue, or is dropped. */
  #giveUp(rule: Rule, target: Target, event: Envelope, { fault, retries, exhausted }: GivenUp): void {
    const { deliveries, warn } = this.#options;
    const queue = target.DeadLetterConfig?.Arn;
    const attributes = { RULE_ARN: rule.arn, TARGET_ARN: target.Arn ?? '', ERROR_CODE: fault.code, ERROR_MESSAGE: fault.message, RETRY_ATTEMPTS: String(retries),
      ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }) };
    const refused = queue === undefined ? fault : deliveries.deliver(queue, JSON.stringify(event), sender(rule), attributes);
    if (refused) warn(`Rule ${rule.name} dropped event ${event.id}: ${fault.message}${queue === undefined ? '' : `; its dead-letter queue did not take it: ${refused.message}`}`);
  }
}

function sender(rule: Rule): ServiceSender {
  return { principal: 'events.amazonaws.com', sourceArn: rule.arn };
}
