/** Asks of every service, so many at a time; answers come in the order of the services. */
export async function every<T>(services: readonly string[], lanes: number, ask: (service: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  const queue = services.entries();
  const lane = async (): Promise<void> => {
    for (const [index, service] of queue) found[index] = await ask(service);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}
