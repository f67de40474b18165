import { constraintFaults } from './constraints.ts';
import { type Fault, refusal } from './faults.ts';
import type { Shape } from './schema.ts';
import type { ServiceModel } from './service-model.ts';

/** The input that was read, if the model allows it; else throws the error with which the service answers. */
export function accepted(
  model: ServiceModel,
  shape: Shape,
  { input, faults }: { input: unknown; faults: Fault[] },
): Record<string, unknown> {
  const misread = faults.some(({ kind }) => kind !== 'missing'); // What has the wrong type is held against nothing else.
  const refused = refusal(model, misread ? faults : [...faults, ...constraintFaults(model.name, shape, input)]);
  if (refused) throw refused;
  return input as Record<string, unknown>;
}
