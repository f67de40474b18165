import * as z from 'zod';
import { choice, duration, list, mapping, text } from './leaves.ts';

const dateAllowed = 'a date, such as 2027-01-31';

/** A day; YAML may have made a date of it already. */
const day = z
  .preprocess(
    (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, 10) : value),
    text(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, dateAllowed).refine((value) => isDay(value), { error: dateAllowed }),
  )
  .meta({ type: 'string', format: 'date', description: 'The last day, in UTC, on which it is put up with.' });

function isDay(value: string): boolean {
  const instant = new Date(`${value}T00:00:00.000Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value);
}

const allowed = mapping({
  id: text(/^[A-Za-z0-9][\w.:-]{2,99}$/, 'the id of a finding, such as CVE-2026-12345').describe('Id of the finding.'),
  until: day,
  reason: text(/\S/, 'why it is put up with').describe('Why it is put up with: for whoever asks later.'),
});

const scan = mapping({
  block: choice(['critical', 'high', 'medium', 'low'])
    .optional()
    .describe('Findings of this severity and of worse ones keep an image out; needed.'),
  wait: duration('0s', '24h').optional().describe('How long after the push the result of the scan is waited for.'),
  otherwise: choice(['reject', 'deploy']).optional().describe('What becomes of an image whose scan has no result that can be used.'),
  allow: list(allowed, 'a list of { id, until, reason }').optional().describe('Findings that are put up with until a day.'),
});

/** What a candidate is asked beside what every candidate is asked. */
export const gates = mapping({
  scan: scan.optional(),
  age: duration('1m', '30d').optional().describe('How old an image must be, since its push, before it deploys.'),
});
