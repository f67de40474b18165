import { AwsError } from '../service.ts';

interface Term {
  kind: 'wanted' | 'unwanted' | 'any';
  text: string;
}

/** Compiles a filter pattern of terms: all must stand in the message, `-term` must not, of the `?terms` one must. JSON patterns it refuses. */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  const trimmed = pattern.trim();
  if (/^[{[]/.test(trimmed))
    throw new AwsError('InvalidParameterException', `The sandbox knows filter patterns of terms only; found ${pattern}`);
  const terms = [...trimmed.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign = '', quoted, bare = '']): Term => ({
    kind: sign === '-' ? 'unwanted' : sign === '?' ? 'any' : 'wanted',
    text: quoted?.replaceAll(String.raw`\"`, '"') ?? bare,
  }));
  const texts = (kind: Term['kind']): string[] => terms.filter((term) => term.kind === kind).map(({ text }) => text);
  const [wanted, unwanted, any] = [texts('wanted'), texts('unwanted'), texts('any')];
  return (message) =>
    wanted.every((text) => message.includes(text)) &&
    !unwanted.some((text) => message.includes(text)) &&
    (any.length === 0 || any.some((text) => message.includes(text)));
}
