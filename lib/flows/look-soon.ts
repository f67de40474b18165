import { notYetSeenMs } from '../decide/not-yet-seen.ts';
import type { Head } from '../domain/head.ts';
import { plusMs } from '../domain/instant.ts';
import type { Heads } from '../ports/heads.ts';
import type { Invocation } from '../ports/invocation.ts';

/** Has the tick look again once the record is old enough to be contradicted: the event that woke us will not come again. */
export async function lookSoon(heads: Pick<Heads, 'change'>, head: Head, { now }: Invocation): Promise<void> {
  const soon = plusMs(now, notYetSeenMs);
  if (head.dueAt === undefined || head.dueAt > soon) await heads.change(head.service, head.version, { dueAt: soon });
}
