import type { Verdict } from './verdict.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Failing } from '../domain/failing.ts';
import { msBetween } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';

/** So many services that fail at the same time on different images are no image's fault. */
const incidentMin = 3;
/** The widest window that a configuration may name: what is older speaks of nothing any more. */
const keptMs = 24 * 60 * 60_000;
const namedMost = 10;

/** What a verdict adds to the fleet. Undefined: it is no verdict in guard, which alone has no old revision to compare with. */
export function failingOf(verdict: Verdict, current: Deployment): Failing | undefined {
  if (verdict.action !== 'condemn' || current.state !== 'live') return undefined;
  const digests = Object.values(current.images).map(({ digest }) => digest);
  return { service: current.service, at: verdict.lastStop, digests: digests.length === 0 ? [current.id] : digests.toSorted() };
}

/** The verdict as the fleet has it: an incident where enough services on different images were found guilty inside the window of this one. */
export function amongFleet(verdict: Verdict, own: Failing, fleet: Failing[], { verify }: ServicePolicy, now: Date): Verdict {
  if (verdict.action !== 'condemn') return verdict;
  const recent = fleet.filter(({ at }) => msBetween(at, now) <= verify.guard.withinMs);
  const among = onDifferentImages(own, recent);
  if (among.length < incidentMin) return verdict;
  const others = among.slice(1).map(({ service }) => service);
  const text = `${verdict.reason.text}. So did those of ${others.length} other services on other images: ${others.slice(0, namedMost).join(', ')}`;
  return { action: 'incident', reason: { code: 'incident', text }, among };
}

/** Verdicts that no window reaches any more. */
export function outdatedFailing(fleet: Failing[], now: Date): Failing[] {
  return fleet.filter(({ at }) => msBetween(at, now) > keptMs);
}

// Services that share an image count once: there the image may well be what fails.
function onDifferentImages(own: Failing, fleet: Failing[]): Failing[] {
  const others = fleet.filter(({ service }) => service !== own.service).toSorted(fewestFirst);
  const different: Failing[] = [own];
  for (const one of others) {
    const shares = different.some(({ digests }) => digests.some((digest) => one.digests.includes(digest)));
    if (!shares) different.push(one);
  }
  return different;
}

function fewestFirst(a: Failing, b: Failing): number {
  return a.digests.length - b.digests.length || (a.service < b.service ? -1 : 1);
}
