/** The sandbox's clock, over HTTP. */
export interface Clock {
  /** Sandbox time. */
  now(): Promise<Date>;
  /** Lets sandbox time pass, with everything that is due in it. */
  advance(duration: string): Promise<Date>;
  /** How many sandbox seconds pass in one of ours. */
  speed(factor: number): Promise<void>;
}

/** The clock of the sandbox at this endpoint. */
export function sandboxClock(endpoint: string): Clock {
  const ask = async (body?: object): Promise<Date> => {
    const request =
      body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${endpoint}/_sandbox/clock`, request);
    if (!response.ok) throw new Error(`the sandbox's clock answered ${response.status}: ${await response.text()}`);
    return new Date(((await response.json()) as { now: string }).now);
  };
  return {
    now: () => ask(),
    advance: (duration) => ask({ advance: duration }),
    speed: async (factor) => {
      await ask({ speed: factor });
    },
  };
}
