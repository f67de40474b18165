import { like } from './model/conditions.ts';
import { AwsError } from './service.ts';

/** How a call goes wrong: throttled, failed, never answered, or done and its answer lost. */
export type CallFaultKind = 'throttle' | 'fail' | 'time-out' | 'lose-answer';

export interface CallFaultOrder {
  fault?: string;
  /** `service:Name`, such as `ecs:UpdateService`; `*` for any part. */
  operation?: string;
  times?: number;
  /** The error's name; default: what stands for the kind. */
  error?: string;
  /** The function whose calls go wrong; default: everybody's. */
  caller?: string;
}

interface CallFault {
  kind: CallFaultKind;
  operation: string;
  times: number;
  error: AwsError;
  caller: string;
}

/** A call whose answer never arrives. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  readonly kind: 'time-out' | 'lose-answer';
  constructor(kind: NoAnswer['kind']) {
    super(`The sandbox was told to give no answer: ${kind}`);
    this.kind = kind;
  }
}

const errors: Record<CallFaultKind, () => AwsError> = {
  throttle: () => new AwsError('ThrottlingException', 'Rate exceeded'),
  fail: () => new AwsError('InternalServerError', 'The sandbox was told to fail this call', 500),
  'time-out': () => new AwsError('NoAnswer', ''),
  'lose-answer': () => new AwsError('NoAnswer', ''),
};

/** The kinds by name, for whoever asks for another. */
export const callFaultKinds = Object.keys(errors) as CallFaultKind[];

/** Calls that go wrong for a while: the next so many of an operation. `times: 0` ends what was ordered for it. */
export class CallFaults {
  #faults: CallFault[] = [];
  readonly #unanswered: (caller: string) => void;

  /** `unanswered`: told whose call will never be answered. */
  constructor(unanswered: (caller: string) => void = () => undefined) {
    this.#unanswered = unanswered;
  }

  order(kind: CallFaultKind, { operation = '', times, error, caller = '*' }: CallFaultOrder): { done: string } {
    if (!/^[a-z*-]+:[A-Z*][\w*]*$/.test(operation))
      throw new Error(`An operation is service:Name, such as ecs:UpdateService; found ${operation}`);
    if (times === undefined || !(times >= 0)) throw new Error(`times is how many calls go wrong, 0 for none; found ${times}`);
    const own = errors[kind]();
    const named =
      error === undefined
        ? own
        : new AwsError(error, error === own.code ? own.message : `The sandbox was told to refuse ${operation}`, own.status);
    this.#faults = this.#faults.filter((fault) => fault.operation !== operation || fault.caller !== caller);
    if (times > 0) this.#faults.push({ kind, operation, times, error: named, caller });
    return { done: `${kind} ${operation} ${times} times` };
  }

  /** Throws where the call goes wrong before it is done; answers whether its answer gets lost after that. */
  meet(service: string, operation: string, caller: string): boolean {
    const fault = this.#faults.find((one) => like(one.operation, `${service}:${operation}`) && like(one.caller, caller));
    if (!fault) return false;
    fault.times--;
    if (fault.times === 0) this.#faults = this.#faults.filter((one) => one !== fault);
    if (fault.kind === 'lose-answer') return true;
    if (fault.kind !== 'time-out') throw fault.error;
    this.#unanswered(caller);
    throw new NoAnswer('time-out');
  }
}
