import type { AwsError } from '../service.ts';
import { parse } from './aws-json.ts';
import { membersOf, statusOf, unknownOperation } from './errors.ts';
import type { Answer, Exchange, HttpRequest, Surroundings } from './exchange.ts';
import { accepted } from './accepted.ts';
import type { ServiceModel } from './service-model.ts';
import { readRest } from './rest-input.ts';
import { writeRest } from './rest-output.ts';
import { matchRoute } from './route.ts';
import type { OperationShape } from './schema.ts';

interface Match {
  model: ServiceModel;
  operation: OperationShape;
  labels: Record<string, string>;
}

/** The REST-JSON protocol: the operation stands in method and path. The last one asked, so it answers whatever no other protocol took. */
export function restJson(request: HttpRequest, surroundings: Surroundings): Exchange {
  const match = find(request, surroundings);
  if (!match) return unknown(request, surroundings);
  const { model, operation, labels } = match;
  const { extras } = surroundings;
  return {
    service: model.name,
    operation: operation.name,
    input: () => {
      const read = readRest(operation.input, request, labels, (body) => parse(body), model.name, extras);
      return accepted(model, operation.input, read);
    },
    answer: (output) => withRequestId(writeRest(operation, (output ?? {}) as Record<string, unknown>, model.name, extras), surroundings),
    refuse: (error) => refuse(statusOf(model, error), error.code, membersOf(model, error), surroundings),
  };
}

function find(request: HttpRequest, { models, signedFor }: Surroundings): Match | undefined {
  const signed = models.get(signedFor ?? '');
  const candidates = signed ? [signed] : [...models.values()];
  for (const model of candidates.filter(({ protocol }) => protocol === 'restJson')) {
    for (const operation of model.operations.values()) {
      const labels = operation.traits.http && matchRoute(operation.traits.http, request);
      if (labels) return { model, operation, labels };
    }
  }
  return undefined;
}

function refuse(status: number, code: string, members: Record<string, unknown>, surroundings: Surroundings): Answer {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
  return withRequestId({ status, headers, body: JSON.stringify(members) }, surroundings);
}

function withRequestId(answer: Answer, { requestId }: Surroundings): Answer {
  return { ...answer, headers: { ...answer.headers, 'x-amzn-requestid': requestId } };
}

function unknown(request: HttpRequest, surroundings: Surroundings): Exchange {
  const refused = unknownOperation(`${request.method} ${request.path}`);
  const answer = ({ code, message }: AwsError): Answer => refuse(404, code, { message }, surroundings);
  return {
    service: surroundings.signedFor ?? 'unknown',
    operation: `${request.method} ${request.path}`,
    input: () => {
      throw refused;
    },
    answer: () => answer(refused),
    refuse: answer,
  };
}
