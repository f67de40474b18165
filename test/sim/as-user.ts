import { EcrError } from '../../sandbox/model/ecr/errors.ts';
import { EcsError } from '../../sandbox/model/ecs/errors.ts';
import type { Surroundings } from './surroundings.ts';

/** Somebody acts on AWS directly: what AWS refuses is not done, and no fault of the world. */
export function asUser({ trace }: Surroundings, action: object, act: () => void): void {
  trace.note(() => `USER ${JSON.stringify(action)}`);
  try {
    act();
  } catch (error) {
    if (!(error instanceof EcsError || error instanceof EcrError)) throw error;
    trace.note(() => `  refused: ${error.message}`);
  }
}
