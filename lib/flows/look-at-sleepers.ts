import { levelDue } from './off-peak-due.ts';
import { sleepersAt } from '../decide/off-peak/sleepers-at.ts';
import { toInstant, type Instant } from '../domain/instant.ts';
import type { Configuration, ServicePolicy } from '../domain/policy.ts';
import type { Heads } from '../ports/heads.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { ServiceReader } from '../ports/services.ts';

export interface SleeperNeeds {
  configuration: Configuration;
  heads: Heads;
  services: Pick<ServiceReader, 'read'>;
}

/**
 * Finds who was scaled up by hand while it slept, of which AWS tells no event: its head is made due, and the next tick decides. Whoever sleeps as it was
 * left costs a call to ECS, and neither a read nor a write of the table.
 */
export async function lookAtSleepers(needs: SleeperNeeds, at: Instant, invocation: Invocation): Promise<void> {
  const looks = sleepersAt(needs.configuration, at).map((policy) =>
    look(needs, policy, invocation).catch((error: unknown) =>
      invocation.log('sleeper not looked at', { service: policy.service, error: String(error) }),
    ),
  );
  await Promise.all(looks);
}

async function look({ configuration, heads, services }: SleeperNeeds, policy: ServicePolicy, { now }: Invocation): Promise<void> {
  if (levelDue(configuration, {}, policy, now).level !== 'asleep') return;
  const least = configuration.schedules?.[policy.offPeak?.schedule ?? '']?.asleep.desired ?? 0;
  const { desiredCount = 0 } = (await services.read(policy.service)) ?? {};
  if (desiredCount <= least) return;
  const head = await heads.read(policy.service);
  if (head?.sleep?.state !== 'asleep' || head.acting !== undefined || head.sleep.scaledUp?.desired === desiredCount) return;
  await heads.change(policy.service, head.version, { dueAt: toInstant(now) });
}
