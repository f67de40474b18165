import type { Ecs } from './ecs.ts';
import type { Task } from './model/ecs/task.ts';
import type { Service } from './model/ecs/service.ts';
import { tasksOf } from './model/ecs/service.ts';

interface Order {
  fault?: string;
  cluster?: string;
  service?: string;
  /** For no-capacity, alarm and throttling: whether it begins or ends. */
  on?: boolean;
  /** The name of the CloudWatch alarm. */
  alarm?: string;
}

type Make = (service: Service, model: Ecs['model'], order: Order) => void;

const faults: Record<string, Make> = {
  'spot-interruption': (service, model) => onOne(service, (task) => model.faults.interruptSpot(task)),
  'host-retirement': (service, model) => onOne(service, (task) => model.faults.retireHost(task)),
  'all-hosts-retired': (service, model) => model.faults.retireAll(service),
  'az-rebalancing': (service, model) => model.faults.rebalance(service),
  'no-capacity': (service, model, { on = true }) => model.faults.noCapacity(service, on),
};

/** Those that name no service. */
const faultsOfAccount: Record<string, (model: Ecs['model'], order: Order) => void> = {
  alarm: (model, { alarm = '', on = true }) => model.faults.setAlarm(alarm, on),
  throttling: (model, { on = true }) => void (model.callLimits.on = on),
};

/**
 * Makes something happen to a service of ECS that is nobody's fault: `{ fault, cluster, service }`. Throws where it does not know the fault,
 * naming the others that there are, or the service.
 */
export function ecsFault({ model }: Ecs, order: Order, others: readonly string[] = []): { done: string } {
  const ofAccount = faultsOfAccount[order.fault ?? ''];
  if (ofAccount) {
    ofAccount(model, order);
    return { done: `${order.fault} ${order.alarm ?? ''} ${order.on === false ? 'off' : 'on'}`.replace('  ', ' ') };
  }
  const make = faults[order.fault ?? ''];
  const known = [...Object.keys(faults), ...Object.keys(faultsOfAccount), ...others].join(', ');
  if (!make) throw new Error(`A fault is one of ${known}; found ${order.fault}`);
  make(model.service(order.cluster, order.service ?? ''), model, order);
  return { done: `${order.fault} on ${order.cluster ?? 'default'}/${order.service}` };
}

function onOne(service: Service, happen: (task: Task) => void): void {
  const [task] = tasksOf(service);
  if (task) happen(task);
}
