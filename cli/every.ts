/** Asks of every service, or of each of anything, so many at a time; answers come in the order of what was asked. */
export async function every<S, T>(services: readonly S[], lanes: number, ask: (service: S) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  const queue = services.entries();
  const lane = async (): Promise<void> => {
    for (const [index, service] of queue) found[index] = await ask(service);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}
