import { CommandError, usageError } from '../command-error.ts';
import { every } from '../every.ts';
import { order } from '../order.ts';
import { endFlags, endOf } from '../order-end.ts';
import { verb, type Call, type Report } from '../verb.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';

const lanes = 4; // Each starts the function once: an account's functions are for others, too.

/** Orders a service, or all that sleep by a schedule, awake until some time. */
export const wake = verb({
  name: 'wake',
  summary: 'have a service awake for a while, whatever its schedule says',
  about: [
    'It wakes as it was within a minute or two, and its schedule holds again after that time.',
    'With --all instead of a service: every service of the configuration that sleeps by a schedule, as before serverless remove.',
  ],
  service: 'optional',
  flags: { ...endFlags, all: { type: 'boolean', summary: 'every service that sleeps by a schedule' } },
  changes: true,
  run: (call): Promise<Report> => {
    const { policy, flags } = call;
    if ((policy === undefined) !== (flags.all === true)) throw usageError('wake takes either a service or --all');
    return policy === undefined ? wakeAll(call) : wakeOne(call, policy);
  },
});

type WakeCall = Call & { flags: { for?: string; until?: string; reason?: string } };

function wakeOne(call: WakeCall, { service, offPeak }: ServicePolicy): Promise<Report> {
  const { flags, settings, now } = call;
  const { timezone = 'UTC' } = settings.configuration.schedules?.[offPeak?.schedule ?? ''] ?? {};
  return order(call, { verb: 'wake', service, until: endOf(flags, timezone, now), reason: flags.reason });
}

// One that is refused, or cannot be ordered, holds up no other; the command fails by it.
async function wakeAll(call: WakeCall): Promise<Report> {
  const sleepers = Object.values(call.settings.configuration.services).filter(({ offPeak }) => offPeak !== undefined);
  if (sleepers.length === 0) return { lines: ['No service sleeps by a schedule.'], data: { services: [] } };
  const policies = Object.fromEntries(sleepers.map((policy) => [policy.service, policy]));
  const reports = await every(Object.keys(policies), lanes, async (service) => ({
    service,
    ...(await wakeOne(call, policies[service] as ServicePolicy).catch(refusal)),
  }));
  return {
    lines: reports.flatMap(({ service, lines }) => [service, ...lines.map((line) => `  ${line}`)]),
    data: { services: reports.map(({ service, data }) => ({ service, ...data })) },
    status: reports.some(({ status }) => status === 1) ? 1 : 0,
  };
}

// A word that is wrong is wrong for all.
function refusal(error: unknown): Report {
  if (error instanceof CommandError && error.status === 2) throw error;
  const text = error instanceof Error ? error.message : String(error);
  return { lines: [`Failed: ${text}`], data: { error: { status: 1, text } }, status: 1 };
}
