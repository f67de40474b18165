import { decideSleep } from '../calendar/decide-sleep.ts';
import type { SleepDue } from '../decide/off-peak/off-peak.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
import type { Configuration, ServicePolicy } from '../domain/policy.ts';
import type { Heads } from '../ports/heads.ts';

/** Whether a service is to be asleep or awake now. One that is let go, or sleeps by no schedule any more, is awake. */
export function levelDue({ schedules }: Configuration, { override }: Pick<Head, 'override'>, policy: ServicePolicy, now: Date): SleepDue {
  const schedule = schedules?.[policy.offPeak?.schedule ?? ''];
  if (!policy.managed) return { level: 'awake', reason: { code: 'let-go', text: 'the service is no longer managed' } };
  if (schedule === undefined)
    return { level: 'awake', reason: { code: 'no-schedule', text: 'the service sleeps by no schedule any more' } };
  return decideSleep(override === undefined ? {} : { override }, schedule, now);
}

/** The services that are to be awake before this one, and are on their way only. Those that are to sleep are not waited for. */
export async function waitsFor(
  { configuration, heads }: { configuration: Configuration; heads: Heads },
  { offPeak }: ServicePolicy,
  now: Date,
): Promise<ServiceKey[]> {
  const found = await Promise.all(
    (offPeak?.after ?? []).map(async (key) => ((await isComing(configuration, heads, key, now)) ? [key] : [])),
  );
  return found.flat();
}

async function isComing(configuration: Configuration, heads: Heads, key: ServiceKey, now: Date): Promise<boolean> {
  const policy = configuration.services[key];
  const head = policy === undefined ? undefined : await heads.read(key);
  if (policy === undefined || head?.sleep === undefined) return false;
  return levelDue(configuration, head, policy, now).level === 'awake';
}
