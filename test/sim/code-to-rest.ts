/**
 * Lets all code of the product run until it waits for a port. Asked from within a promise, what `nextTick` takes runs after every promise that can go
 * on; an immediate would do too, and costs a round of the event loop at each step.
 */
export function codeToRest(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
