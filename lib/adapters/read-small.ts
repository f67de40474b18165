/** Downloads a text; one that is longer than it may be, or not there, is a fault, and no more of it is read. */
export async function readSmall(url: string, bytesMost: number, signal: AbortSignal): Promise<string> {
  const { ok, status, body } = await fetch(url, { signal });
  if (!ok || body === null) throw new Error(`the download answered ${status}`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > bytesMost) throw new Error(`the download is longer than ${bytesMost} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
