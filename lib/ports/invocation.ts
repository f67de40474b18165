/** What one invocation of a function gives to its flow: who it is, when it began, how long it has, and where it speaks. */
export interface Invocation {
  /** AWS's request id: names the actor of a claim. */
  id: string;
  /** When the invocation began. */
  now: Date;
  /** The function's time-out: a claim stands this long and 10 s more (design, rule 3). */
  timeoutMs: number;
  /** Milliseconds until the function is ended. */
  remainingMs(): number;
  /** One structured line; ids as fields, never a whole configuration or environment. */
  log(message: string, fields?: Record<string, unknown>): void;
}
