import { wireTick } from '../lib/wire.ts';
import { entry } from '../lib/entry.ts';
import { parseTick } from '../lib/events/scheduled.ts';
import { sleeping } from '../lib/flows/sleeping.ts';
import { tick } from '../lib/flows/tick.ts';

const wired = wireTick();
const needs = typeof __AUTOPILOT_SLEEPS__ === 'undefined' || __AUTOPILOT_SLEEPS__ ? { ...wired, ...sleeping } : wired;

/** EventBridge Scheduler, every minute. */
export const handler = entry(async (event, moment) => {
  const { scheduledFor } = parseTick(event);
  await tick(needs, moment, scheduledFor);
}, needs.budget);
