import type { Answer } from './exchange.ts';
import type { ExtraMembers } from './extra-members.ts';
import { writeJson } from './json-output.ts';
import type { OperationShape, Shape } from './schema.ts';

/** Writes an output whose members stand in status, headers and body, as the shape's HTTP traits say. */
export function writeRest(operation: OperationShape, output: Record<string, unknown>, service: string, extras: ExtraMembers): Answer {
  const answer: Answer = { status: operation.traits.http?.[2] ?? 200, headers: {}, body: '' };
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(output)) {
    const shape = operation.output.members.get(name)?.();
    if (!shape || !placed(answer, shape, value, service, extras)) rest[name] = value;
  }
  if (answer.body !== '' || [...operation.output.members.values()].some((member) => member().traits.httpPayload)) return answer;
  const body = JSON.stringify(writeJson(operation.output, rest, service, extras) ?? {});
  return { ...answer, headers: { 'content-type': 'application/json', ...answer.headers }, body };
}

function placed(answer: Answer, shape: Shape, value: unknown, service: string, extras: ExtraMembers): boolean {
  const { traits } = shape;
  if (value === undefined) return true;
  if (traits.httpResponseCode) answer.status = value as number;
  else if (traits.httpHeader) answer.headers[traits.httpHeader.toLowerCase()] = typeof value === 'string' ? value : JSON.stringify(value);
  else if (traits.httpPayload)
    answer.body = shape.kind === 'blob' ? (value as Uint8Array) : JSON.stringify(writeJson(shape, value, service, extras));
  else return false;
  return true;
}
