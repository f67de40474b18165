import type { Posted, Posts, Refusal } from '../../lib/ports/chat.ts';

/** What was posted where, in memory. */
export function memoryPosts(): Posts & { posted: Map<string, Posted> } {
  const posted = new Map<string, Posted>();
  const taken = new Map<string, { by: string; until: string }>();
  const refused = new Map<string, Refusal>();
  return {
    posted,
    take: async (channel, subject, by, now, until) => {
      const key = keyOf(channel, subject);
      const before = taken.get(key);
      if (before !== undefined && before.until > now && before.by !== by) return undefined;
      taken.set(key, { by, until });
      return posted.get(key) ?? { keys: [] };
    },
    write: async (channel, subject, written) => {
      const { thread = posted.get(keyOf(channel, subject))?.thread, keys } = written;
      posted.set(keyOf(channel, subject), thread === undefined || thread === null ? { keys } : { keys, thread });
      taken.delete(keyOf(channel, subject));
    },
    release: async (channel, subject) => void taken.delete(keyOf(channel, subject)),
    refusal: async (channel) => refused.get(channel) ?? {},
    noteRefused: async (channel, since) => {
      if (refused.get(channel)?.since !== undefined) return false;
      refused.set(channel, { ...refused.get(channel), since });
      return true;
    },
    noteRecovered: async (channel, quietUntil) => {
      if (refused.get(channel)?.since === undefined) return false;
      refused.set(channel, { quietUntil });
      return true;
    },
  };
}

function keyOf(channel: string, subject: string): string {
  return `${channel} ${subject}`;
}
