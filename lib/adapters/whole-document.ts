import { isJsonObject } from './lossless-json.ts';

/** Replaces the body that the SDK wrote by the whole document, and tells which of its members the SDK's model does not know. */
export class WholeDocument {
  readonly #document: object;
  /** Paths of the members that the SDK left out; known once the request was built. */
  unknown: string[] = [];

  constructor(document: object) {
    this.#document = document;
  }

  /** Middleware between the SDK's writing and the length and signature of the body. */
  readonly send =
    <Input, Output>(next: (args: Input) => Promise<Output>) =>
    async (args: Input): Promise<Output> => {
      const { request } = args as { request: { body: string | Uint8Array } };
      const known = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body);
      this.unknown = missingMembers(this.#document, JSON.parse(known), '');
      request.body = JSON.stringify(this.#document);
      return await next(args);
    };
}

/** Where it stands: before the middleware that counts the body's length. */
export const wholeDocumentPlace = { step: 'build', priority: 'high', name: 'wholeDocument' } as const;

/** Paths of what the first holds and the second does not. A null says nothing, so nothing is lost with it. */
function missingMembers(whole: unknown, part: unknown, path: string): string[] {
  if (Array.isArray(whole)) {
    const parts = Array.isArray(part) ? part : [];
    return whole.flatMap((element, index) => missingMembers(element, parts[index], `${path}[${index}]`));
  }
  if (!isJsonObject(whole)) return [];
  const known = isJsonObject(part) ? part : {};
  return Object.entries(whole).flatMap(([name, value]) => {
    const member = path === '' ? name : `${path}.${name}`;
    if (value === null) return [];
    return name in known ? missingMembers(value, known[name], member) : [member];
  });
}
