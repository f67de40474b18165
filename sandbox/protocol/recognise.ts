import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import type { Exchange, HttpRequest, Surroundings } from './exchange.ts';
import { restJson } from './rest-json.ts';

/** Tells which of AWS's protocols a request speaks, and what it asks. */
export function recognise(request: HttpRequest, surroundings: Surroundings): Exchange {
  return awsJson(request, surroundings) ?? awsQuery(request, surroundings) ?? restJson(request, surroundings);
}
