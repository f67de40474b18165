import type { OperationShape, Shape } from './schema.ts';

/** An AWS service as its SDK describes it: which protocol it speaks, its operations, its errors. */
export interface ServiceModel {
  name: string;
  protocol: 'awsJson1.0' | 'awsJson1.1' | 'query' | 'restJson';
  /** What stands before the dot in X-Amz-Target. */
  targetPrefix?: string;
  version: string;
  xmlNamespace?: string;
  /** Error codes travel twice: the old query protocol's name stands in a header beside the new one. */
  queryCompatible?: boolean;
  /** The same service in the query protocol, for clients from before it spoke JSON. */
  queryForm?: ServiceModel;
  /** The code with which the service answers a missing or malformed parameter. */
  invalid: string;
  operations: ReadonlyMap<string, OperationShape>;
  errors: ReadonlyMap<string, Shape>;
}
