import { sentence } from './wording.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Instant } from '../domain/instant.ts';
import type { Level, Notification } from '../domain/notification.ts';

interface Over {
  service: ServiceKey;
  /** The thread in which it was told, which this ends. */
  thread: string;
  level: Level;
  /** What holds again, after the service's name. */
  headline: string;
  why: string;
  at: Instant;
}

/** What was told as trouble is over: it closes what was opened, for whoever heard of that. */
export function describeOver({ service, thread, level, headline, why, at }: Over): Notification {
  return {
    version: 1,
    id: `${thread}#over#${at}`,
    service,
    thread,
    closes: { level },
    state: 'trouble',
    level: 'info',
    at,
    headline: `${service}: ${headline}`,
    why: sentence(why),
    code: 'over',
    facts: [['Service', service]],
    next: [],
  };
}
