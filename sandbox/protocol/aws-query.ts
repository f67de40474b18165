import { AwsError } from '../service.ts';
import { statusOf } from './errors.ts';
import type { Answer, Exchange, HttpRequest, Surroundings } from './exchange.ts';
import { accepted } from './accepted.ts';
import type { ServiceModel } from './service-model.ts';
import { readQuery } from './query-input.ts';
import { element, escape, writeMembers } from './xml.ts';

/** The query protocol: a form with an Action goes in, XML comes out. Undefined where the request is of another protocol. */
export function awsQuery(request: HttpRequest, surroundings: Surroundings): Exchange | undefined {
  const fields = request.method === 'GET' ? request.query : new URLSearchParams(request.body.toString('utf8'));
  const action = fields.get('Action');
  const form = request.method === 'GET' || (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if (!form || action === null) return undefined;
  const version = fields.get('Version') ?? '';
  const model = modelFor(version, surroundings);
  const operation = model?.operations.get(action);
  return {
    service: model?.name ?? surroundings.signedFor ?? 'unknown',
    operation: action,
    input: () => {
      if (!model || !operation) throw new AwsError('InvalidAction', `Could not find operation ${action} for version ${version}`);
      return accepted(model, operation.input, readQuery(operation.input, fields));
    },
    answer: (output) => {
      const result =
        operation && operation.output.kind === 'structure'
          ? element(`${action}Result`, writeMembers(operation.output, (output ?? {}) as Record<string, unknown>))
          : '';
      return xml(
        200,
        `<${action}Response xmlns="${model?.xmlNamespace ?? ''}">${result}${metadata(surroundings)}</${action}Response>`,
        surroundings,
      );
    },
    refuse: (error) => refuse(model, error, surroundings),
  };
}

function modelFor(version: string, { models, signedFor }: Surroundings): ServiceModel | undefined {
  const signed = models.get(signedFor ?? '');
  const speaking = [...models.values()].map((model) => model.queryForm ?? model).filter(({ protocol }) => protocol === 'query');
  return speaking.find(({ name }) => name === signed?.name) ?? speaking.find((model) => model.version === version);
}

function refuse(model: ServiceModel | undefined, error: AwsError, surroundings: Surroundings): Answer {
  const code = model?.errors.get(error.code)?.traits.awsQueryError?.[0] ?? error.code;
  const type = error.status >= 500 ? 'Receiver' : 'Sender';
  const fault = element('Error', element('Type', type) + element('Code', escape(code)) + element('Message', escape(error.message)));
  const body = `<ErrorResponse xmlns="${model?.xmlNamespace ?? ''}">${fault}${element('RequestId', surroundings.requestId)}</ErrorResponse>`;
  return xml(model ? statusOf(model, error) : error.status, body, surroundings);
}

function metadata({ requestId }: Surroundings): string {
  return element('ResponseMetadata', element('RequestId', requestId));
}

function xml(status: number, body: string, { requestId }: Surroundings): Answer {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
