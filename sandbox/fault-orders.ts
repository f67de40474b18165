import type { ScalingPolicies } from './auto-scaling/scaling-policies.ts';
import { callFaultKinds, type CallFaultOrder, type CallFaults } from './call-faults.ts';
import type { Deliveries } from './delivery.ts';
import { ecrFault, ecrFaults } from './ecr/faults.ts';
import type { Ecr } from './ecr.ts';
import type { Ecs } from './ecs.ts';
import { eventFaultKinds, type EventFaults } from './events/event-faults.ts';
import { ecsFault } from './faults.ts';
import type { Outside, OutsideOrder } from './outside/outside.ts';

export interface Faulty {
  ecs: Ecs;
  ecr: Ecr;
  calls: CallFaults;
  events: EventFaults;
  deliveries: Deliveries;
  policies: ScalingPolicies;
  outside: Outside;
}

interface OtherOrder extends OutsideOrder {
  fault?: string;
  refuse?: CallFaultOrder;
  target?: string;
  times?: number;
  cluster?: string;
  service?: string;
  value?: number;
}

const others: Record<string, (order: OtherOrder, faulty: Faulty) => { done: string }> = {
  'throttle-target': ({ target = '', times = 1 }, { deliveries }) => deliveries.throttle(target, times),
  outside: (order, { outside }) => outside.order(order),
  load: ({ cluster = 'default', service = '', value = 0 }, { policies }) => {
    policies.setLoad(`service/${cluster}/${service}`, value);
    return { done: `a load of ${value} on ${cluster}/${service}` };
  },
};

/** Makes something go wrong, as `POST /_sandbox/faults` orders it: calls, events, deliveries, or what happens to a service of ECS or to an image. */
export function orderFault(order: unknown, faulty: Faulty): { done: string } {
  const { fault = '', refuse, ...rest } = order as OtherOrder;
  if (refuse) return faulty.calls.order('throttle', refuse);
  const ofCalls = callFaultKinds.find((kind) => kind === fault);
  if (ofCalls) return faulty.calls.order(ofCalls, rest);
  const ofEvents = eventFaultKinds.find((kind) => kind === fault);
  if (ofEvents) return faulty.events.order(ofEvents, rest);
  if (ecrFaults.includes(fault)) return ecrFault(faulty.ecr.model, { ...rest, fault });
  const other = others[fault];
  if (other) return other(rest, faulty);
  return ecsFault(faulty.ecs, { ...rest, fault }, ['refuse', ...callFaultKinds, ...eventFaultKinds, ...ecrFaults, ...Object.keys(others)]);
}
