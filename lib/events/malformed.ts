import { PermanentError } from '../errors.ts';

/** The fault of an event that cannot be read: permanent, and said with which event it was, never the whole of it. */
export function malformed(event: unknown, faults: string): PermanentError {
  return new PermanentError(`malformed event, ${nameOf(event)}:\n${faults}`);
}

function nameOf(event: unknown): string {
  if (typeof event !== 'object' || event === null) return `no envelope but ${event === null ? 'null' : typeof event}`;
  const { 'detail-type': type, id } = event as Record<string, unknown>;
  return `${textOr(type, 'no detail-type')} ${textOr(id, 'no id')}`;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value.slice(0, 100) : otherwise;
}
