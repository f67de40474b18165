import type { Poster } from '../ports/chat.ts';
import { BusyError } from './post-json.ts';

const longestRestS = 900;

/** A poster that keeps to what the other side asked for: for so long it is not asked again, and what comes meanwhile waits in the queue. */
export function rested(poster: Poster, nowMs: () => number = Date.now): Poster {
  let untilMs = 0;
  return {
    post: async (message, thread) => {
      const leftMs = untilMs - nowMs();
      if (leftMs > 0) throw new BusyError(`not asked for another ${Math.ceil(leftMs / 1000)} s`, Math.ceil(leftMs / 1000));
      try {
        return await poster.post(message, thread);
      } catch (error) {
        if (error instanceof BusyError) untilMs = nowMs() + Math.min(error.seconds, longestRestS) * 1000;
        throw error;
      }
    },
  };
}
