import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { LambdaFunction } from './function.ts';
import type { Functions } from './functions.ts';
import type { Outcome } from './instance.ts';
import type { InvocationError } from './messages.ts';

/** Sends what failed for good, or a success that is to be told, to a queue or a topic: by the function's role. */
export type SendTo = (lambda: LambdaFunction, arn: string, body: string, attributes: Record<string, string>) => void;

interface Accepted {
  lambda: LambdaFunction;
  event: unknown;
  requestId: string;
  acceptedAt: Date;
  attempts: number;
}

/** What Lambda waits before each further try of a function that failed, in sandbox time. */
const delaysMs = [60_000, 120_000];

/** Lambda's asynchronous invocation: accepted at once, tried again after a minute and after two more, then sent to where failures go. */
export class AsyncInvocations {
  readonly #functions: Functions;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #sendTo: SendTo;

  constructor(functions: Functions, clock: Clock, ids: Ids, sendTo: SendTo) {
    this.#functions = functions;
    this.#clock = clock;
    this.#ids = ids;
    this.#sendTo = sendTo;
  }

  /** Accepts an event; answers the id of the request, which all its tries share. */
  accept(lambda: LambdaFunction, event: unknown): string {
    const accepted: Accepted = { lambda, event, requestId: this.#ids.uuid(), acceptedAt: this.#clock.now(), attempts: 0 };
    if (lambda.concurrencyMax === 0)
      this.#giveUp(accepted, 'RetriesExhausted', { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' });
    else void this.#clock.during(() => this.#attempt(accepted));
    return accepted.requestId;
  }

  async #attempt(accepted: Accepted): Promise<void> {
    accepted.attempts++;
    const outcome = await this.#run(accepted);
    if ('payload' in outcome) this.#tellSuccess(accepted, outcome.payload);
    else this.#failed(accepted, outcome.error);
  }

  async #run({ lambda, requestId, event }: Accepted): Promise<Outcome> {
    try {
      return await this.#functions.invoke(lambda.name, requestId, event);
    } catch (error) {
      return { error: { errorType: 'InternalError', errorMessage: String(error) } };
    }
  }

  #failed(accepted: Accepted, error: InvocationError): void {
    const { retriesMax, ageMaxMs } = accepted.lambda.asynchronous;
    const delayMs = delaysMs[accepted.attempts - 1];
    if (delayMs === undefined || accepted.attempts > retriesMax) return this.#giveUp(accepted, 'RetriesExhausted', error);
    const againMs = this.#clock.now().getTime() + delayMs;
    const endMs = accepted.acceptedAt.getTime() + ageMaxMs;
    if (againMs > endMs) this.#clock.agenda.at(new Date(endMs), () => this.#giveUp(accepted, 'EventAgeExceeded', error));
    else this.#clock.agenda.at(new Date(againMs), () => void this.#clock.during(() => this.#attempt(accepted)));
    return undefined;
  }

  #giveUp(accepted: Accepted, condition: string, error: InvocationError): void {
    const { lambda, requestId, event } = accepted;
    const { onFailureArn } = lambda.asynchronous;
    if (onFailureArn !== undefined) this.#sendTo(lambda, onFailureArn, this.#record(accepted, condition, error), {});
    if (lambda.deadLetterArn === undefined) return;
    const attributes = { RequestID: requestId, ErrorCode: '200', ErrorMessage: error.errorMessage.slice(0, 1024) };
    this.#sendTo(lambda, lambda.deadLetterArn, JSON.stringify(event), attributes);
  }

  #tellSuccess(accepted: Accepted, payload: string): void {
    const { onSuccessArn } = accepted.lambda.asynchronous;
    if (onSuccessArn !== undefined) this.#sendTo(accepted.lambda, onSuccessArn, this.#record(accepted, 'Success', undefined, payload), {});
  }

  #record(
    { lambda, requestId, event, attempts }: Accepted,
    condition: string,
    error: InvocationError | undefined,
    payload?: string,
  ): string {
    return JSON.stringify({
      version: '1.0',
      timestamp: this.#clock.now().toISOString(),
      requestContext: { requestId, functionArn: `${lambda.arn}:$LATEST`, condition, approximateInvokeCount: attempts },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(error && { functionError: 'Unhandled' }) },
      responsePayload: error ?? JSON.parse(payload ?? 'null'),
    });
  }
}
