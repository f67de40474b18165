import type { AwsError } from '../service.ts';
import type { ExtraMembers } from './extra-members.ts';
import type { ServiceModel } from './service-model.ts';

/** An HTTP request, read to its end. */
export interface HttpRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** What goes back over HTTP. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** A call as one of AWS's protocols carries it: what is asked, and how its answer is written. */
export interface Exchange {
  service: string;
  operation: string;
  /** Reads the input; throws AWS's error where the model does not allow it. */
  input(): Record<string, unknown>;
  answer(output: unknown): Answer;
  refuse(error: AwsError): Answer;
}

/** What every protocol is given to recognise a call by. */
export interface Surroundings {
  models: ReadonlyMap<string, ServiceModel>;
  extras: ExtraMembers;
  requestId: string;
  /** The service that the signature names; undefined for an unsigned request. */
  signedFor: string | undefined;
}
