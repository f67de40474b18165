import { toInstant, type Instant } from '../domain/instant.ts';
import { refuse, refuseKind, type Read } from './read.ts';

/** Any text. */
export const text: Read<string> = (input, place) => (typeof input === 'string' ? input : refuseKind('string', input, place));

/** A text that says something. */
export const filled: Read<string> = (input, place) => (input === '' ? refuse('expected more than nothing', place) : text(input, place));

/** A text of a form; `allowed` is its name in words. */
export function textLike(form: Pick<RegExp, 'test'>, allowed: string): Read<string> {
  return (input, place) => {
    const told = text(input, place);
    return told === undefined || form.test(told) ? told : refuse(`expected ${allowed}`, place);
  };
}

/** One of a few names or numbers. Of a name from a list the text itself helps, cut. */
export function oneOf<const Allowed extends string | number>(...allowed: Allowed[]): Read<Allowed> {
  const words = allowed.map((one) => JSON.stringify(one)).join(' or ');
  return (input, place) => {
    const found = allowed.find((one) => one === input);
    if (found !== undefined || typeof input !== 'string') return found ?? refuseKind(words, input, place);
    return refuse(`expected ${words}, found ${JSON.stringify(input.slice(0, 100))}`, place);
  };
}

/** What may be left out altogether. */
export function optional<Value>(read: Read<Value>): Read<Value | undefined> {
  return (input, place) => (input === undefined ? undefined : read(input, place));
}

/** What AWS may leave out, send empty, or send as null: all three mean that it is not there. */
export function optionalInAws<Value>(read: Read<Value>): Read<Value | undefined> {
  return (input, place) => (input === undefined || input === null || input === '' ? undefined : read(input, place));
}

/** A text that AWS may leave out. */
export const optionalText = optionalInAws(text);

/** A whole number that AWS may leave out. */
export const optionalInteger = optionalInAws<number>((input, place) =>
  Number.isSafeInteger(input) ? (input as number) : refuseKind('a whole number', input, place),
);

const timeForm = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const time = textLike({ test: (told) => timeForm.test(told) && isDay(told.slice(0, 10)) }, 'a time as AWS writes it');

// The 30th of February would be read as one of March.
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

/** A time as AWS writes it, with or without milliseconds or offset, brought into the one form that sorts. */
export const instant: Read<Instant> = (input, place) => {
  const told = time(input, place);
  return told === undefined ? undefined : toInstant(new Date(told));
};

/** A time that AWS may leave out. */
export const optionalInstant = optionalInAws(instant);

type Present<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** The fields that are there: one that is undefined is left out, so that nothing stores or shows it. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;
}
