import { counted } from './wording.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import { louder, type Notification, type NotificationState } from '../domain/notification.ts';

const linesMost = 45;

const steadily = 'What each ran when it was enrolled went on without a failure for its bake.';

/** What many did at once, after their number; a state without words of its own is named. */
const phrases: Readonly<Partial<Record<NotificationState, string>>> = {
  live: 'are live',
  deploying: 'are being deployed to',
  rejected: 'did not take a new image',
  'rolling-back': 'are being rolled back',
  'rolled-back': 'were rolled back',
  failed: 'failed',
  asleep: 'are asleep',
  awake: 'are awake',
};

/** Many messages of one kind at once, as one: of which services, what each says, and, where it is the same for all, why and what is left to do. */
export function describeSeveral(several: Notification[]): Notification {
  const last = several.at(-1) as Notification;
  const services = [...new Set(several.flatMap((one) => one.services ?? one.service ?? []))].toSorted();
  const { deployment: _, service: __, log: ___, thread: ____, closes: _____, ...rest } = last;
  return {
    ...rest,
    ...(services.length === 0 ? {} : { services }),
    ...closesOf(several),
    folded: several.flatMap(({ id, folded = [id] }) => folded),
    level: several.map(({ level }) => level).reduce(louder),
    id: `${last.id}#${several.length}`,
    headline: headlineOf(last, several.length, services),
    why: `${last.code === 'baseline' ? steadily : sameOf(several.map(({ why }) => why))} They came at once and are told as one. Each is on record.`.trim(),
    code: last.code === 'baseline' ? 'baseline' : 'several',
    facts: listOf(several),
    next: JSON.parse(sameOf(several.map(({ next }) => JSON.stringify(next))) || '[]') as string[],
  };
}

function closesOf(several: Notification[]): Pick<Notification, 'closes'> {
  const closed = several.flatMap(({ closes }) => closes ?? []);
  if (closed.length === 0) return {};
  const threads = closed.flatMap((one) => one.threads ?? []);
  return { closes: { level: closed.map(({ level }) => level).reduce(louder), ...(threads.length === 0 ? {} : { threads }) } };
}

function headlineOf({ state, code }: Notification, count: number, services: ServiceKey[]): string {
  if (services.length < 2) return `${counted(count, 'message')} of ${services[0] ?? 'the product'}: ${state}`;
  if (code === 'baseline') return `${counted(services.length, 'service')} ran steadily since the installation: each has a way back now`;
  return `${counted(services.length, 'service')} ${phrases[state] ?? `tell of ${state}`}`;
}

function sameOf(texts: string[]): string {
  return new Set(texts).size === 1 ? (texts[0] ?? '') : '';
}

function listOf(several: Notification[]): [string, string][] {
  const lines = several
    .toSorted(({ service: a = '' }, { service: b = '' }) => (a < b ? -1 : Number(a > b)))
    .slice(0, linesMost)
    .map(({ service, headline }): [string, string] => [service === undefined ? 'Message' : 'Service', headline]);
  return several.length > linesMost ? [...lines, ['More', `${several.length - linesMost}, on record: npm run autopilot -- status`]] : lines;
}
