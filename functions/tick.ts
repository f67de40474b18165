import { wireTick } from '../lib/wire.ts';
import { entry } from '../lib/entry.ts';
import { parseTick } from '../lib/events/scheduled.ts';
import { tick } from '../lib/flows/tick.ts';

const needs = wireTick();

/** EventBridge Scheduler, every minute. */
export const handler = entry(async (event, moment) => {
  parseTick(event);
  await tick(needs, moment);
}, needs.budget);
