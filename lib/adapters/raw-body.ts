/** What a middleware sees of a response: its status and its body, which can be read once. */
interface RawResponse {
  statusCode?: number;
  body?: unknown;
}

/** Keeps the body of an answer as AWS sent it; the SDK's own reading drops every member that its model does not know. */
export class RawBody {
  text = '';

  /** Middleware between the wire and the SDK's reading: hands the body on unchanged. */
  readonly tap =
    <Input, Output extends { response: unknown }>(next: (args: Input) => Promise<Output>) =>
    async (args: Input): Promise<Output> => {
      const result = await next(args);
      const response = result.response as RawResponse;
      const bytes = await bytesOf(response.body);
      this.text = new TextDecoder().decode(bytes);
      response.body = bytes;
      return result;
    };
}

/** Where the tap stands: nearest to the wire. */
export const rawBodyPlace = { step: 'deserialize', priority: 'low', name: 'rawBody' } as const;

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
