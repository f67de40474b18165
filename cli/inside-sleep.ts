import { Cron } from 'croner';
import type { Edge } from '../lib/calendar/edges.ts';
import type { Instant } from '../lib/domain/instant.ts';
import { toInstant } from '../lib/domain/instant.ts';
import type { SleepLevel } from '../lib/domain/schedule.ts';
import type { ScheduledAction } from '../lib/domain/scheduled-action.ts';

/** An action that AWS does not carry out since its service sleeps then, and does not make up for. */
export interface LostAction {
  name: string;
  expression: string;
  timezone: string;
  /** The first time; absent where its expression is not understood, so that it may be any. */
  first?: Instant;
}

export interface Span {
  from: Date;
  to: Date;
}

/** When a service sleeps, from one instant to another. */
export function asleepSpans(level: SleepLevel, edges: readonly Edge[], from: Date, to: Date): Span[] {
  const begins = [{ at: from, level }, ...edges.map((edge) => ({ at: new Date(edge.at), level: edge.level }))];
  return begins.flatMap(({ at, level: now }, index) => (now === 'asleep' ? [{ from: at, to: begins[index + 1]?.at ?? to }] : []));
}

/** The scheduled actions that fall into one of these spans. */
export function insideSleep(actions: readonly ScheduledAction[], spans: readonly Span[]): LostAction[] {
  return actions.flatMap((action) => {
    const { name, expression, timezone } = action;
    const told = { name, expression, timezone };
    try {
      const first = spans.map((span) => firstInside(action, span)).find((at) => at !== undefined);
      return first === undefined ? [] : [{ ...told, first: toInstant(first) }];
    } catch {
      return [told];
    }
  });
}

function firstInside({ expression, timezone, start, end }: ScheduledAction, span: Span): Date | undefined {
  const from = start !== undefined && new Date(start) > span.from ? new Date(start) : span.from;
  const to = end !== undefined && new Date(end) < span.to ? new Date(end) : span.to;
  if (from >= to) return undefined;
  const [, kind, content = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return undefined; // Its first time is nowhere told; a rate comes again when the service is awake.
  const justBefore = new Date(from.getTime() - 1000); // What falls on the instant of falling asleep is lost as well.
  const next = new Cron(kind === 'at' ? content : fields(content), { timezone, paused: true }).nextRun(justBefore);
  return next !== null && next < to ? next : undefined;
}

// AWS's Sunday is 1, and its `?` any; what both do not have in common (L, W, #) is told as not understood.
function fields(content: string): string {
  const parts = content.trim().toUpperCase().split(/\s+/);
  if (parts.length !== 6 || parts.some((part) => /[LW#]/.test(part.replaceAll(/JUL|WED/g, ''))))
    throw new Error(`not understood: ${content}`);
  const weekdays = (parts[4] ?? '*').split('/');
  const shifted = (weekdays[0] ?? '').replaceAll(/\d+/g, (day) => String(Number(day) - 1));
  const [minute, hour, day, month] = parts.map((part, index) => part.replaceAll(/\b(\d+)\//g, `$1-${ends[index]}/`));
  return ['0', minute, hour, day, month, [shifted, ...weekdays.slice(1)].join('/'), parts[5]].join(' ').replaceAll('?', '*');
}

const ends = ['59', '23', '31', '12'];
