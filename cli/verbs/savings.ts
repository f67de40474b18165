import { verb } from '../verb.ts';
import { askedMonths } from '../savings/asked-months.ts';
import { savingsData } from '../savings/data.ts';
import { readShapes, readSlept } from '../savings/gather.ts';
import { savingsLines } from '../savings/lines.ts';
import { notesOf } from '../savings/notes.ts';
import { priceList } from '../savings/price-list.ts';
import { savingsOf } from '../savings/report.ts';
import { monthOf } from '../../lib/decide/savings/months.ts';
import { toInstant } from '../../lib/domain/instant.ts';

/** `autopilot savings`: what services did not run for while they slept, and what that is worth. */
export const savings = verb({
  name: 'savings',
  summary: 'show what was saved while services slept',
  about: [
    'Tells task-hours, vCPU-hours, GB-hours and dollars of each service and month: this one, where none is named.',
    'It counts what would have run had each service stayed at the capacity and with the revision it fell asleep with; what autoscaling would have done nobody knows.',
    'Money is told where a price is known: of Fargate on demand in many regions, else as serverless.yml says under prices.',
  ],
  service: 'optional',
  flags: {
    month: { type: 'string', value: 'YYYY-MM', summary: 'the month, by UTC; default: this one' },
    months: { type: 'string', value: 'N', summary: 'the last months instead, with this one, 1 to 36' },
  },
  changes: false,
  run: async ({ policy, flags, settings, needs, now, page }) => {
    const months = askedMonths(flags, now);
    const { configuration, region, prices } = settings;
    const policies = policy === undefined ? Object.values(configuration.services) : [policy];
    const slept = await readSlept(needs, policies, months, now);
    const failed: string[] = [];
    const shapes = await readShapes(needs, slept, failed);
    const facts = { prices: [...prices, ...priceList], region, shapes };
    const found = savingsOf(slept, months, monthOf(toInstant(now)), facts, policy !== undefined);
    const historyMs = Math.min(...policies.map((one) => one.historyMs));
    const notes = [...notesOf(slept, shapes, found, { historyMs, now }), ...failed];
    return { lines: savingsLines(found, notes, page), data: savingsData(found, slept, region, now, notes) };
  },
});
