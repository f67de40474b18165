import { AwsError } from './service.ts';
import type { AwsService, Operation } from './service.ts';

/** Operations of a model that refuses in errors of its own: each is answered as AWS's error of that code. */
export function answeringRefusals(
  operations: Record<string, Operation>,
  Refusal: abstract new (...given: never[]) => Error & { code: string },
): AwsService['operations'] {
  const guarded = Object.entries(operations).map(([name, operation]): [string, Operation] => [
    name,
    (input, call) => {
      try {
        return operation(input, call);
      } catch (error) {
        if (error instanceof Refusal) throw new AwsError(error.code, error.message);
        throw error;
      }
    },
  ]);
  return Object.fromEntries(guarded);
}
