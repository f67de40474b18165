const mark = ' …';

/** The text, at most that many UTF-16 units long, with a mark where it was cut; never through the middle of a character. */
export function cutToCharacters(text: string, atMost: number): string {
  return text.length <= atMost ? text : `${whole(text.slice(0, atMost - mark.length))}${mark}`;
}

/** The text, at most that many bytes of UTF-8 long, with a mark where it was cut. */
export function cutToBytes(text: string, atMost: number): string {
  if (Buffer.byteLength(text) <= atMost) return text;
  const bytes = Buffer.from(text).subarray(0, atMost - Buffer.byteLength(mark));
  return `${bytes.toString('utf8').replace(/\uFFFD+$/u, '')}${mark}`; // A character cut through decodes to the replacement character.
}

function whole(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
