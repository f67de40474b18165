import type { LedgerNeeds } from './context.ts';
import type { Attempt, Ordered } from './ordered.ts';
import { settle } from './settle-command.ts';
import { orderSleep } from '../decide/transitions/sleep.ts';
import type { OffPeakCommand } from '../domain/command.ts';
import { isPast } from '../domain/instant.ts';
import type { SleepLevel } from '../domain/schedule.ts';

/** Has a service awake or asleep until an instant, whatever its schedule says. The tick does it, as it does what the schedule says. */
export async function orderLevel(needs: LedgerNeeds, found: Ordered, command: OffPeakCommand): Promise<Attempt> {
  const { head, policy, invocation } = found;
  const level: SleepLevel = command.verb === 'wake' ? 'awake' : 'asleep';
  if (policy.offPeak === undefined)
    return { outcome: 'refused', reason: { code: 'no-schedule', text: 'it sleeps by no schedule: set its offPeak in serverless.yml' } };
  if (policy.mode === 'watch' && (head.sleep === undefined || level === 'asleep'))
    return { outcome: 'refused', reason: { code: 'watch-only', text: 'mode is watch: it neither sleeps nor wakes' } };
  if (isPast(command.until, invocation.now))
    return { outcome: 'refused', reason: { code: 'command-overdue', text: `${command.until} is past` } };
  const text = `it is to be ${level} until ${command.until}, whatever its schedule says; the next tick sees to it`;
  return settle(needs, found, command, { transition: orderSleep(level, command, invocation.now), reason: { code: 'override', text } });
}
