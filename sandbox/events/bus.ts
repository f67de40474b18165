import type { Target } from '@aws-sdk/client-eventbridge';
import type { Clock } from '../clock.ts';
import type { Deliveries, DeliveryFault } from '../delivery.ts';
import type { Ids } from '../ids.ts';
import type { EventMatcher } from '../model/event-pattern.ts';
import type { BusEvent } from '../service.ts';
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
  put(event: BusEvent, time = this.#options.clock.now()): string {
    const { clock, ids, account, region } = this.#options;
    const envelope: Envelope = { version: '0', id: ids.uuid(), ...event, account, time: time.toISOString().replace(/\.\d+Z$/, 'Z'), region };
    // Through JSON, as over the wire: dates become texts, and nobody shares an object with the model that told it.
    const sent = JSON.parse(JSON.stringify(envelope)) as Envelope;
    for (const listener of this.#listeners) listener(sent);
    void clock.during(async () => {
      await Promise.resolve();
      for (const rule of this.rulesFor(sent)) for (const target of rule.targets) this.deliver(rule, target, sent);
    });
    return envelope.id;
  }

  /** Which rules an event starts. */
  rulesFor(event: unknown): Rule[] {
    return [...this.rules.values()].filter(({ enabled, pattern, matches }) => enabled && pattern !== undefined && matches(event));
  }

  deliver(rule: Rule, target: Target, event: Envelope): void {
    const { deliveries } = this.#options;
    const fault = deliveries.deliver(target.Arn ?? '', targetInput(target, { ...event }, rule.arn), sender(rule));
    if (fault) this.#giveUp(rule, target, event, fault);
  }

  /** A target that is missing or may not be called is not tried again: the event goes to the rule's dead-letter queue, or is dropped. */
  #giveUp(rule: Rule, target: Target, event: Envelope, fault: DeliveryFault): void {
    const { deliveries, warn } = this.#options;
    const queue = target.DeadLetterConfig?.Arn;
    const attributes = { RULE_ARN: rule.arn, TARGET_ARN: target.Arn ?? '', ERROR_CODE: fault.code, ERROR_MESSAGE: fault.message, RETRY_ATTEMPTS: '0' };
    const refused = queue === undefined ? fault : deliveries.deliver(queue, JSON.stringify(event), sender(rule), attributes);
    if (refused) warn(`Rule ${rule.name} dropped event ${event.id}: ${fault.message}${queue === undefined ? '' : `; its dead-letter queue did not take it: ${refused.message}`}`);
  }
}

function sender(rule: Rule): { principal: string; sourceArn: string } {
  return { principal: 'events.amazonaws.com', sourceArn: rule.arn };
}
