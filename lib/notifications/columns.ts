let graphemes: Intl.Segmenter | undefined; // Made when first needed: it takes longer than the whole rest of a function's own code to load.
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]|\uFE0F/u;

/** The characters that a person sees; a letter with its accents is one, and so is an emoji made of several. */
export function characters(text: string): string[] {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** How many columns a text takes in a fixed-width font: two for the wide characters of East Asia and emoji. */
export function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return characters(text).reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);
}

const plain = /^[!-~]+(?: [!-~]+)*$/; // Most texts are, and need no further look.

/** Text that may stand in one line of a mail: no control characters, no line breaks, no halves of surrogate pairs. */
export function oneLine(text: string): string {
  if (plain.test(text)) return text;
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** The text in at most that many UTF-16 units, with `…` where it was cut, and never through a character. */
export function cut(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  let kept = '';
  for (const character of characters(text)) {
    if (kept.length + character.length + 1 > unitsMax) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
