import type { CallBudget } from './call-budget.ts';

/** The time that the invocation under way has left: Lambda runs one at a time in an environment, so one budget serves all clients of a function. */
export class InvocationBudget implements CallBudget {
  #remainingMs: () => number = () => 0;

  /** Told at the beginning of each invocation. */
  begin(remainingMs: () => number): void {
    this.#remainingMs = remainingMs;
  }

  remainingMs(): number {
    return this.#remainingMs();
  }
}
