import { format } from 'node:util';
import type { WorkerSettings } from './messages.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const methods: [name: 'trace' | 'debug' | 'info' | 'log' | 'warn' | 'error', level: string][] = [
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['log', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
];

/** Makes the console write lines as Lambda's runtime does, in JSON or text, from the configured level on. */
export function captureConsole(settings: WorkerSettings, requestId: () => string, write: (line: string, level: string) => void): void {
  const least = Math.max(0, levels.indexOf(settings.logLevel.toLowerCase()));
  for (const [name, level] of methods) {
    console[name] = (...values: unknown[]) => {
      if (levels.indexOf(level) < least) return;
      const stamp = { timestamp: new Date().toISOString(), level: level.toUpperCase(), requestId: requestId() };
      write(settings.logFormat === 'JSON' ? JSON.stringify({ ...stamp, ...messageOf(values) }) : asText(stamp, values), level);
    };
  }
}

function asText(stamp: { timestamp: string; level: string; requestId: string }, values: unknown[]): string {
  return [stamp.timestamp, stamp.requestId, stamp.level, format(...values)].join('\t');
}

/** One object stands as it is, an error with its type and stack; several values become one text. */
function messageOf(values: unknown[]): Record<string, unknown> {
  const [only] = values;
  const error = values.find((value) => value instanceof Error);
  if (values.length === 1 && typeof only === 'object' && only !== null && !error) return { message: plain(only) };
  const message = values.length === 1 && error ? error.message : format(...values);
  return error ? { message, errorType: error.name, errorMessage: error.message, stackTrace: (error.stack ?? '').split('\n') } : { message };
}

function plain(value: object): unknown {
  try {
    return JSON.parse(JSON.stringify(value, writable));
  } catch {
    return format(value); // A circle in it.
  }
}

function writable(_: string, entry: unknown): unknown {
  if (typeof entry === 'bigint') return entry.toString();
  return entry instanceof Error ? Object.assign({}, entry, { name: entry.name, message: entry.message }) : entry;
}
