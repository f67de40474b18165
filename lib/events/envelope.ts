import { instant, text } from './fields.ts';
import { malformed } from './malformed.ts';
import { readWhole, type Read } from './read.ts';

/** What every event on the bus has around its detail. Fields that we do not know are let through. */
export const envelope = { id: text, account: text, region: text, time: instant };

/** Reads an event at the border; a malformed one is permanent and says what was wrong with which event, never the whole of it. */
export function parseEvent<Value>(read: Read<Value>, event: unknown): Value {
  const told = readWhole(read, event);
  if ('value' in told) return told.value;
  throw malformed(event, told.faults);
}
