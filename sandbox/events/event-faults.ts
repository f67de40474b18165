import { parseDuration } from '../duration.ts';

export interface EventFaultOrder {
  fault?: string;
  'detail-type'?: string;
  times?: number;
  /** For delay-events: for how long, such as `90s`. */
  by?: string;
}

type Kind = 'drop-events' | 'duplicate-events' | 'delay-events';

/** After how many milliseconds an event arrives: once at once, where nothing happens to it; nothing, where it is lost. */
export type Arrivals = number[];

interface EventFault {
  kind: Kind;
  detailType: string;
  times: number;
  byMs: number;
}

export const eventFaultKinds: readonly Kind[] = ['drop-events', 'duplicate-events', 'delay-events'];

/** What happens to the next so many events of a detail-type on their way to the rules: lost, delivered twice, or late. */
export class EventFaults {
  #faults: EventFault[] = [];

  order(kind: Kind, { 'detail-type': detailType, times = 1, by }: EventFaultOrder): { done: string } {
    if (detailType === undefined) throw new Error('detail-type says which events, such as ECS Task State Change; it is missing');
    if (!(times >= 0)) throw new Error(`times is how many events, 0 for none; found ${times}`);
    if (kind === 'delay-events' && by === undefined) throw new Error('by says how late the events are, such as 90s; it is missing');
    this.#faults = this.#faults.filter((fault) => fault.detailType !== detailType);
    if (times > 0) this.#faults.push({ kind, detailType, times, byMs: by === undefined ? 0 : parseDuration(by) });
    return { done: `${kind} ${times} times ${detailType}` };
  }

  /** When an event arrives. */
  arrivalsOf(detailType: string): Arrivals {
    const fault = this.#faults.find((one) => one.detailType === detailType);
    if (!fault) return [0];
    fault.times--;
    if (fault.times === 0) this.#faults = this.#faults.filter((one) => one !== fault);
    return { 'drop-events': [], 'duplicate-events': [0, 0], 'delay-events': [fault.byMs] }[fault.kind];
  }
}
