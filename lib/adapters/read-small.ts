/** Downloads a text; one that is longer than it may be, or not there, is a fault, and no more of it is read. */
export async function readSmall(url: string, bytesMost: number, signal: AbortSignal): Promise<string> {
  const { ok, status, body } = await fetch(url, { signal });
  if (!ok || body === null) throw new Error(`the download answered ${status}`);
  const { text, whole } = await readAtMost(body, bytesMost);
  if (!whole) throw new Error(`the download is longer than ${bytesMost} bytes`);
  return text;
}

/** The beginning of a body, and whether that is all of it: what is beyond is not read, however long it is. */
export async function readAtMost(body: ReadableStream | null, bytesMost: number): Promise<{ text: string; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    parts.push(part);
    bytes += part.length;
    if (bytes > bytesMost) break; // Leaving the loop ends the download.
  }
  return { text: Buffer.concat(parts).subarray(0, bytesMost).toString('utf8'), whole: bytes <= bytesMost };
}
