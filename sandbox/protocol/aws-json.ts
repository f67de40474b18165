import { AwsError } from '../service.ts';
import { membersOf, statusOf, unknownOperation } from './errors.ts';
import type { Answer, Exchange, HttpRequest, Surroundings } from './exchange.ts';
import { accepted } from './accepted.ts';
import { readJson } from './json-input.ts';
import { writeJson } from './json-output.ts';
import type { ServiceModel } from './service-model.ts';

/** awsJson 1.0 and 1.1: the operation stands in X-Amz-Target, input and output are JSON bodies. Undefined where the request is of another protocol. */
export function awsJson(request: HttpRequest, surroundings: Surroundings): Exchange | undefined {
  const target = request.headers['x-amz-target'];
  if (target === undefined) return undefined;
  const [prefix = '', operation = ''] = target.split('.');
  const model = [...surroundings.models.values()].find(({ targetPrefix }) => targetPrefix === prefix);
  if (!model) return unknownTarget(target, prefix, surroundings);
  const shape = model.operations.get(operation);
  const { extras } = surroundings;
  return {
    service: model.name,
    operation,
    input: () => {
      if (!shape) throw unknownOperation(operation);
      return accepted(model, shape.input, readJson(shape.input, parse(request.body), model.name, extras));
    },
    answer: (output) => reply(200, shape && writeJson(shape.output, output ?? {}, model.name, extras), model, surroundings),
    refuse: (error) => refuse(model, error, surroundings),
  };
}

/** Reads a JSON body; an empty one is an empty structure. */
export function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new AwsError('SerializationException', `The body is not JSON: ${String(cause)}`);
  }
}

function refuse(model: ServiceModel, error: AwsError, surroundings: Surroundings): Answer {
  const answer = reply(statusOf(model, error), { __type: error.code, ...membersOf(model, error) }, model, surroundings);
  if (!model.queryCompatible) return answer;
  const code = model.errors.get(error.code)?.traits.awsQueryError?.[0] ?? error.code;
  return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': `${code};Sender` } };
}

function reply(status: number, body: unknown, model: ServiceModel, { requestId }: Surroundings): Answer {
  const type = model.protocol === 'awsJson1.0' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
  return { status, headers: { 'content-type': type, 'x-amzn-requestid': requestId }, body: JSON.stringify(body ?? {}) };
}

function unknownTarget(target: string, prefix: string, { requestId }: Surroundings): Exchange {
  const answer = ({ status, code, message }: AwsError): Answer => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: code, message }),
  });
  const refused = unknownOperation(target);
  return {
    service: prefix,
    operation: target.slice(prefix.length + 1),
    input: () => {
      throw refused;
    },
    answer: () => answer(refused),
    refuse: answer,
  };
}
