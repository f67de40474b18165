import { oneLine } from './columns.ts';
import { alarmWords } from './describe-alarm.ts';
import type { Level, Notification } from '../domain/notification.ts';
import type { ForeignMessage } from '../domain/told-message.ts';

const linesMost = 12;

/** A message that is not ours, told plainly. An alarm of CloudWatch is told as what it is: which, how it stands, and why. */
export function describeForeign(foreign: ForeignMessage): Notification {
  return alarmOf(foreign) ?? plain(foreign, foreign.subject ?? firstLine(foreign.message), foreign.message, 'info');
}

function alarmOf(foreign: ForeignMessage): Notification | undefined {
  const alarm = jsonOf(foreign.message);
  const { AlarmName, NewStateValue } = alarm ?? {};
  if (typeof AlarmName !== 'string' || typeof NewStateValue !== 'string') return undefined;
  const told = plain(foreign, '', '', NewStateValue === 'OK' ? 'info' : 'critical');
  const over = NewStateValue === 'OK' ? { closes: { level: 'critical' } as const } : {};
  return { ...told, ...alarmWords({ ...alarm, AlarmName, NewStateValue }), thread: `alarm#${AlarmName}`, ...over };
}

function plain({ id, at }: ForeignMessage, headline: string, message: string, level: Level): Notification {
  const lines = message.split('\n').slice(0, linesMost).join('\n');
  return {
    version: 1,
    id: `${id}#note`,
    state: 'note',
    level,
    at,
    headline: oneLine(headline) || 'a message without text',
    why: oneLine(lines) === oneLine(headline) ? '' : lines,
    code: 'not-ours',
    facts: [],
    next: [],
  };
}

function firstLine(message: string): string {
  return message.trim().split('\n')[0] ?? '';
}

function jsonOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
