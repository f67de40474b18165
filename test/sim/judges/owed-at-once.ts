import type { Head } from '../../../lib/domain/head.ts';
import { holds, type MakeJudge } from './judge.ts';
import { isTold, wordFor } from './told.ts';

/** Rule 4: from the very write that changes a state, its message stands in what is owed, or was told already. */
export const owedAtOnce: MakeJudge = () => {
  const told = new Set<string>();
  return {
    rule: 'a state change is owed at once',
    watch: (seen) => {
      if (seen.kind === 'told') for (const id of seen.notification.folded ?? [seen.notification.id]) told.add(id);
      if (seen.kind !== 'head') return undefined;
      const entered = newEntries(seen.before, seen.after);
      if (entered.length === 0) return undefined;
      const owed = new Set(seen.after.owed.flatMap((one) => (one.kind === 'message' ? [one.notification.id] : [])));
      const silent = entered.find((id) => !told.has(id) && !owed.has(id));
      return holds(silent === undefined, () => `${seen.after.service}: ${seen.by.id} wrote ${silent}, and neither told nor owed it`);
    },
  };
};

// What was taken up from the history was told in its time.
function newEntries(before: Head | undefined, { current }: Head): string[] {
  if (current === undefined || current === before?.current) return [];
  const known = before?.current?.id === current.id ? before.current.timeline.length : Math.max(0, current.timeline.length - 1);
  const entries = current.timeline.slice(known).filter((entry) => isTold(current, entry));
  return entries.map(({ state }) => `${current.id}#${wordFor(current, state)}`);
}
