import { TransientError } from '../errors.ts';

/** How long the function that makes the calls still has. */
export interface CallBudget {
  remainingMs(): number;
}

/** No call is begun when less than this is left: the record and the release of a claim need the rest. */
export const lastCallMs = 10_000;

/** Middleware inside the retry loop, so that each attempt asks anew. */
export function callBudgetGuard(budget: CallBudget) {
  return <Input, Output>(next: (args: Input) => Promise<Output>) =>
    async (args: Input): Promise<Output> => {
      const left = budget.remainingMs();
      if (left < lastCallMs)
        throw new TransientError(`no call is begun in the last ${lastCallMs / 1000} s of a function: ${left} ms are left`);
      return await next(args);
    };
}

/** Where the guard stands: after the retry middleware, before the signature. */
export const callBudgetPlace = { step: 'finalizeRequest', priority: 'low', name: 'callBudgetGuard' } as const;
