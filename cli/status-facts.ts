import { imagesText } from './targets.ts';
import { targetsOf } from '../lib/decide/commands/rollback.ts';
import type { LeftCommand, Obeyed } from '../lib/domain/command.ts';
import type { CommandTarget } from '../lib/domain/command-answer.ts';
import type { Deployment } from '../lib/domain/deployment.ts';
import type { Head, Hold, Trouble } from '../lib/domain/head.ts';
import type { Digest } from '../lib/domain/image.ts';
import type { Instant } from '../lib/domain/instant.ts';
import type { ServicePolicy } from '../lib/domain/policy.ts';
import type { Reason } from '../lib/domain/reason.ts';
import type { SleepOverride } from '../lib/domain/schedule.ts';
import type { Sleep } from '../lib/domain/sleep.ts';
import { time } from '../lib/notifications/wording.ts';

/** What `status` tells of a service. */
export interface ServiceStatus {
  service: string;
  mode: ServicePolicy['mode'];
  managed: boolean;
  enrolled: boolean;
  /** What runs, by its shortest name; empty where nothing is on record. */
  image: string;
  /** In a word, with the first thing that is in the way beside it. */
  state: string;
  note: string;
  current?: Deployment;
  /** Since when it is in that state. */
  since?: Instant;
  hold?: Hold;
  waiting: { digest: Digest; image: string; until: Instant; reason: Reason }[];
  barred: Record<Digest, Reason>;
  /** Where a rollback could lead. */
  targets: CommandTarget[];
  left: LeftCommand[];
  obeyed: Obeyed[];
  trouble?: Trouble;
  obstacle?: Reason;
  /** What it had before it fell asleep: there until it is found whole again. */
  sleep?: Sleep;
  /** What a person ordered over its schedule. */
  override?: SleepOverride;
}

/** What the head of a service says. */
export function statusOf(service: string, head: Head | undefined, policy: ServicePolicy | undefined): ServiceStatus {
  const { mode = 'deploy', managed = true } = policy ?? {};
  const base = { service, mode, managed, enrolled: head !== undefined };
  if (head === undefined)
    return { ...base, image: '', state: 'unknown', note: 'not enrolled yet', waiting: [], barred: {}, targets: [], left: [], obeyed: [] };
  const { current, hold, trouble, obstacle, sleep, override } = head;
  const since = current?.timeline.at(-1)?.at ?? current?.createdAt;
  const found = {
    ...base,
    image: current === undefined ? '' : imagesText(current.images),
    state: current?.state ?? 'unknown',
    ...(current === undefined ? {} : { current }),
    ...(since === undefined ? {} : { since }),
    ...(hold === undefined ? {} : { hold }),
    waiting: Object.values(head.waiting).flatMap((places) =>
      places.map(({ candidate, deployment, until }) => ({
        digest: candidate.digest,
        image: imagesText({ [candidate.repository]: candidate }),
        until,
        reason: deployment.reason,
      })),
    ),
    barred: head.barred,
    targets: targetsOf(head),
    left: head.left ?? [],
    obeyed: head.obeyed ?? [],
    ...(trouble === undefined ? {} : { trouble }),
    ...(obstacle === undefined ? {} : { obstacle }),
    ...(sleep === undefined ? {} : { sleep }),
    ...(override === undefined ? {} : { override }),
  };
  return { ...found, note: noteOf(found) };
}

function noteOf({ managed, mode, obstacle, hold, trouble, sleep, waiting, targets, since }: Omit<ServiceStatus, 'note'>): string {
  const [first] = waiting;
  if (!managed && sleep === undefined) return 'no longer managed';
  if (obstacle !== undefined) return obstacle.text;
  if (hold !== undefined) return `on hold: ${hold.reason}`;
  if (trouble !== undefined) return `failing work: ${trouble.reason}`;
  if (sleep !== undefined) return `${sleepState(sleep)} since ${time(sleep.since)}`;
  if (first !== undefined) return `${first.image} waits: ${first.reason.text}`;
  if (mode === 'watch') return 'only watched';
  if (targets.length === 0) return 'nothing older to go back to yet';
  return since === undefined ? '' : `since ${time(since)}`;
}

/** In words, what a service off-peak does. */
export function sleepState({ state }: Sleep): string {
  return state === 'waking' ? 'waking, asleep' : state.replace('-', ' ');
}
