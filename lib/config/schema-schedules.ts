import * as z from 'zod';
import { list, mapping, text, whole } from './leaves.ts';
import { dateText } from './schedule-text.ts';
import { exceptionAllowed, holidayAllowed } from './schedule-days.ts';
import { windowAllowed } from './schedule-window.ts';

// What texts mean is judged in schedule-faults.ts, which tells what was probably meant as well.
const anyText = (allowed: string) => z.string({ error: allowed });

/** A text that YAML may have read as a date. */
const dated = (allowed: string) => z.preprocess(dateText, anyText(allowed)).meta({ type: 'string' });

const asleepAllowed = 'a count of tasks, or { min, desired }';
const asleep = z
  .union(
    [
      whole(0, 1000),
      mapping({
        min: whole(0, 1000).describe('Least capacity of the scalable target while asleep.'),
        desired: whole(0, 1000).describe('Desired count while asleep.'),
      }),
    ],
    { error: asleepAllowed },
  )
  .describe('What is left of a service while it sleeps. Default: 0.');

const exception = mapping({
  awake: dated(exceptionAllowed).optional().describe('A span in which it is awake, whatever windows and holidays say.'),
  asleep: dated(exceptionAllowed).optional().describe('A span in which it is asleep, whatever the windows say.'),
});

/** When services are awake. */
export const schedule = mapping({
  timezone: anyText('a time zone of the IANA list, such as Europe/Berlin').describe('IANA name: its clocks are meant by all times.'),
  awake: z
    .array(anyText(windowAllowed), { error: "a list of windows, such as ['Mon-Fri 07:00-20:00']" })
    .describe('Windows in which services are awake; outside of them they sleep.'),
  holidays: list(dated(holidayAllowed), "a list of days and ranges, such as ['2026-12-24/2027-01-01', '05-01']")
    .optional()
    .describe('Days on which no window opens.'),
  exceptions: list(exception, 'a list of { awake } and { asleep }').optional().describe('Spans that hold once.'),
  asleep: asleep.optional(),
});

/** Schedules by name. */
export const schedules = z.record(z.string(), schedule, { error: 'a mapping from names to schedules' });

export type RawSchedule = z.input<typeof schedule>;

/** By which schedule a service sleeps. */
export const offPeak = z
  .union([text(/^(?!false$).+$/, 'the name of a schedule'), z.literal(false)], { error: 'the name of a schedule, or false' })
  .describe('The schedule by which the service sleeps; false: none, whatever the defaults say.');

/** Which services wake before this one. */
export const after = list(
  text(/^[^/]+\/[^/]+$/, 'cluster/service, as under services'),
  'a list of services, such as [production/database]',
).describe('Services that are awake before this one wakes.');
