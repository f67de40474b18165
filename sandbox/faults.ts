import type { Ecs } from './ecs.ts';
import type { Task } from './model/ecs/task.ts';
import type { Service } from './model/ecs/service.ts';
import { tasksOf } from './model/ecs/service.ts';
import { isWanted } from './model/ecs/task.ts';

interface Order {
  fault?: string;
  cluster?: string;
  service?: string;
  /** For no-capacity, alarm and throttling: whether it begins or ends. */
  on?: boolean;
  /** In AWS's words: why no task is placed, why tasks cannot start, or why the scheduler stops one. */
  reason?: string;
  /** For start-failure: how many tasks; 0 takes the order back. */
  times?: number;
  /** For task-exit and scheduler-stop: the exit code; a task-exit without it tells none. */
  exit?: number;
  /** The name of the CloudWatch alarm. */
  alarm?: string;
}

const cannotStart = 'CannotStartContainerError: the runtime did not answer';

type Make = (service: Service, model: Ecs['model'], order: Order) => void;

const faults: Record<string, Make> = {
  'spot-interruption': (service, model) => onOne(service, (task) => model.faults.interruptSpot(task)),
  'host-retirement': (service, model) => onOne(service, (task) => model.faults.retireHost(task)),
  'all-hosts-retired': (service, model) => model.faults.retireAll(service),
  'host-draining': (service, model) => onOne(service, (task) => model.faults.drainHost(task)),
  'host-termination': (service, model) => onOne(service, (task) => model.faults.terminateHost(task)),
  'host-failure': (service, model) => onOne(service, (task) => model.faults.failHost(task)),
  'scheduler-stop': (service, model, { reason = 'no reason', exit }) =>
    onOne(service, (task) => model.faults.stopByScheduler(task, reason, exit)),
  'task-exit': (service, model, { exit }) => onOne(service, (task) => model.faults.exit(task, exit)),
  'start-failure': (service, model, { reason, times = 1 }) => model.faults.failStarts(service, reason ?? cannotStart, times),
  'az-rebalancing': (service, model) => model.faults.rebalance(service),
  'no-capacity': (service, model, { on = true, reason }) => model.faults.noCapacity(service, on, reason),
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
  const task = [...tasksOf(service)].find(isWanted);
  if (task) happen(task);
}
