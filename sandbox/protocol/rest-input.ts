import type { HttpRequest } from './exchange.ts';
import type { ExtraMembers } from './extra-members.ts';
import type { Fault } from './faults.ts';
import { readJson, readTimestamp } from './json-input.ts';
import type { Shape } from './schema.ts';

/** Reads an input whose members stand in path, query, headers and body, as the shape's HTTP traits say. */
export function readRest(
  shape: Shape,
  request: HttpRequest,
  labels: Record<string, string>,
  parseBody: (body: Buffer) => unknown,
  service: string,
  extras: ExtraMembers,
): { input: Record<string, unknown>; faults: Fault[] } {
  const input: Record<string, unknown> = {};
  const bodyMembers = new Map<string, () => Shape>();
  const faults: Fault[] = [];
  for (const [name, member] of shape.members) {
    const target = member();
    if (target.traits.httpPayload) input[name] = readPayload(target, request.body, parseBody);
    else if (isBound(target)) assign(input, name, bound(name, target, request, labels), faults);
    else bodyMembers.set(name, member);
  }
  if (bodyMembers.size > 0) {
    const inBody = { ...shape, members: bodyMembers, required: shape.required.filter((name) => bodyMembers.has(name)) };
    const read = readJson(inBody, parseBody(request.body), service, extras);
    Object.assign(input, read.input);
    faults.push(...read.faults);
  }
  for (const name of shape.required) if (!bodyMembers.has(name) && input[name] === undefined) faults.push({ kind: 'missing', path: name });
  return { input, faults };
}

function isBound({ traits }: Shape): boolean {
  return Boolean(traits.httpLabel ?? traits.httpQuery ?? traits.httpHeader);
}

function bound(name: string, shape: Shape, request: HttpRequest, labels: Record<string, string>): unknown {
  const { traits } = shape;
  if (traits.httpLabel) return scalar(shape, labels[name]);
  if (traits.httpHeader) return scalar(shape, request.headers[traits.httpHeader.toLowerCase()]);
  const values = request.query.getAll(traits.httpQuery ?? '');
  if (values.length === 0) return undefined;
  return shape.kind === 'list' ? values.map((value) => scalar(shape.value(), value)) : scalar(shape, values[0]);
}

function assign(input: Record<string, unknown>, name: string, value: unknown, faults: Fault[]): void {
  if (Number.isNaN(value)) faults.push({ kind: 'type', path: name, expected: 'a number', found: 'string' });
  else if (value !== undefined) input[name] = value;
}

function scalar(shape: Shape, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (shape.kind === 'number') return Number(text);
  if (shape.kind === 'boolean') return text === 'true';
  if (shape.kind === 'timestamp') return readTimestamp(text);
  return text;
}

function readPayload(shape: Shape, body: Buffer, parseBody: (body: Buffer) => unknown): unknown {
  if (shape.kind === 'blob') return body;
  return shape.kind === 'string' ? body.toString('utf8') : parseBody(body);
}
