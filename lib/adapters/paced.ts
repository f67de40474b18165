import { setTimeout as wait } from 'node:timers/promises';
import type { Scaling } from '../ports/scaling.ts';
import type { Services } from '../ports/services.ts';
import type { TaskDefinitions } from '../ports/task-definitions.ts';

/** UpdateService refills at 5 a second and RegisterTaskDefinition at 1, for the whole account (aws-semantics B.9): the tick leaves the rest to others. */
const updatesPerSecond = 3;
const registrationsPerSecond = 1;

/** Waits until it is one's turn. */
export type Turn = () => Promise<void>;

/** Turns for calls of UpdateService, whatever they update. */
export function updateTurns(): Turn {
  return spaced(1000 / updatesPerSecond);
}

/** The same services, told to run something when it is their turn. */
export function pacedServices(services: Services, turn: Turn): Services {
  return { ...bound(services), run: async (service, taskDefinition) => turn().then(() => services.run(service, taskDefinition)) };
}

/** The same scaling, done when it is its turn. */
export function pacedScaling(scaling: Scaling, turn: Turn): Scaling {
  return {
    target: (service) => scaling.target(service),
    bound: (service, target) => scaling.bound(service, target),
    scale: async (service, desired) => turn().then(() => scaling.scale(service, desired)),
  };
}

/** The same task definitions, registered at most so often a second. */
export function pacedTaskDefinitions(taskDefinitions: TaskDefinitions): TaskDefinitions {
  const turn = spaced(1000 / registrationsPerSecond);
  return {
    read: (name) => taskDefinitions.read(name),
    registerCopy: async (source, images, tags) => turn().then(() => taskDefinitions.registerCopy(source, images, tags)),
  };
}

function bound(services: Services): Services {
  return {
    read: (service) => services.read(service),
    stoppedTasks: (service) => services.stoppedTasks(service),
    runningDigests: (service, taskDefinition) => services.runningDigests(service, taskDefinition),
    run: (service, taskDefinition) => services.run(service, taskDefinition),
  };
}

// Each caller waits for its own turn; the first never waits.
function spaced(apartMs: number): Turn {
  let nextMs = 0;
  return async () => {
    const nowMs = performance.now();
    const mineMs = Math.max(nowMs, nextMs);
    nextMs = mineMs + apartMs;
    if (mineMs > nowMs) await wait(mineMs - nowMs);
  };
}
