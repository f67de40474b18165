import type { Behaviour } from './behaviour.ts';
import type { Container, Task } from './task.ts';

const giveUpMs = 120_000;

/** How long the containers that others wait for take, or why the last of the others never starts. */
export type Waiting = { afterMs: number; failure?: string; ended: Map<Container, number> };

/**
 * What `dependsOn` comes to before the task is RUNNING: containers that run to their end first (COMPLETE, SUCCESS), and those that must be
 * healthy. One that is waited for in vain keeps the task from starting; its text is ours.
 */
export function waitFor(task: Task, behaviours: readonly Behaviour[]): Waiting {
  const waiting: Waiting = { afterMs: 0, ended: new Map() };
  for (const { specification } of task.containers)
    for (const { containerName, condition } of specification.dependsOn) {
      const i = task.containers.findIndex((other) => other.specification.name === containerName);
      const [container, behaviour] = [task.containers[i], behaviours[i]];
      if (container !== undefined && behaviour !== undefined) addTo(waiting, container, behaviour, condition ?? 'START');
    }
  return waiting;
}

function addTo(waiting: Waiting, container: Container, behaviour: Behaviour, condition: string): void {
  const { name, health } = container.specification;
  const vain = `CannotStartContainerError: dependency ${name} did not reach ${condition}`;
  if (condition === 'HEALTHY') {
    waiting.afterMs = Math.max(waiting.afterMs, behaviour.kind === 'unhealthy' ? giveUpMs : (health?.intervalMs ?? 0));
    if (behaviour.kind === 'unhealthy' && behaviour.afterMs === 0) waiting.failure = vain;
  } else if (condition !== 'START') {
    const ends = behaviour.kind === 'crash' || behaviour.kind === 'oom';
    waiting.afterMs = Math.max(waiting.afterMs, ends ? behaviour.afterMs : giveUpMs);
    if (!ends || (condition === 'SUCCESS' && behaviour.exitCode !== 0)) waiting.failure = vain;
    else waiting.ended.set(container, behaviour.exitCode);
  }
}
