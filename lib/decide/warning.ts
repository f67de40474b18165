import { masked } from '../domain/mask.ts';
import type { Deployment } from '../domain/deployment.ts';
import { revisionName, type StoppedTask } from '../domain/failure.ts';
import type { Reason } from '../domain/reason.ts';

/** What people are warned of about a deployment, once. It condemns nothing. */
export interface Warning {
  /** What it is about: the same is not told again of the same deployment. */
  key: string;
  reason: Reason;
  check: string;
}

/** So many warnings at most of one deployment: a text that differs each time must not page each time. */
const warningsMax = 8;
const textMax = 300;

/** Whether a warning is still to be given. */
export function isNews({ key }: Warning, { warned = [] }: Deployment): boolean {
  return warned.length < warningsMax && !warned.includes(key);
}

/** A stop whose text no row of the catalogue knows: it counts against nobody, and is kept so that the catalogue can learn it. */
export function unknownStop({ taskDefinition, stopCode, stoppedReason, containers }: StoppedTask): Warning {
  const told = [stopCode, stoppedReason, ...containers.map(({ reason }) => reason)].filter((part) => part !== undefined && part !== '');
  const text = told.length === 0 ? 'ECS gives no reason at all' : masked(told.join(' | ')).slice(0, textMax); // A secret that is cut looks like none.
  return {
    key: `unknown stop: ${text.replaceAll(/[\da-f-]{8,}/gi, '…')}`, // Ids of tasks and instances make no new reason.
    reason: {
      code: 'unknown-stop',
      text: `a task of ${revisionName(taskDefinition)} stopped for a reason that is not in the catalogue, so it does not count: ${text}`,
    },
    check: 'Check whether that is the fault of the image; if such stops are to count, tell the maintainers of ecs-autopilot',
  };
}
