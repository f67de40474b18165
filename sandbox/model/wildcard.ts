/** Compiles a text in which `*` stands for any characters; `\*` and `\\` stand for themselves. Undefined where it is malformed. */
export function compileWildcard(text: string): ((value: string) => boolean) | undefined {
  const parts = [''];
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '*') {
      if (text[index + 1] === '*') return undefined;
      parts.push('');
    } else if (character === '\\') {
      const escaped = text[++index];
      if (escaped !== '*' && escaped !== '\\') return undefined;
      parts[parts.length - 1] += escaped;
    } else parts[parts.length - 1] += character;
  }
  return (value) => matchParts(parts, value);
}

/** Whether a value is the parts in their order, with anything between them. Takes time in proportion to the value, whatever the parts are. */
export function matchParts(parts: readonly string[], value: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return value.length - position >= last.length && value.endsWith(last);
}
