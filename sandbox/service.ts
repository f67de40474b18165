/** What the protocol layer tells an operation beside its input. */
export interface Call {
  account: string;
  region: string;
  /** Sandbox time. */
  now: Date;
  /** The access key that signed the call; tells which function made it. */
  accessKeyId: string;
}

/** Input and output have the shapes of the SDK's commands; members declared with --extra-member come and go unchanged. */
export type Operation = (input: never, call: Call) => unknown;

/** One AWS service: its operations by their AWS names. An operation that is not listed is answered as unknown. */
export interface AwsService {
  operations: Record<string, Operation>;
}

/** An event as a service puts it on the default bus; the bus adds version, id, time, account and region. */
export interface BusEvent {
  source: string;
  'detail-type': string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** Puts an event on the default bus. */
export type Emit = (event: BusEvent) => void;

/** An error as AWS answers it: its name, its message, its HTTP status. */
export class AwsError extends Error {
  override name = 'AwsError';
  readonly code: string;
  readonly status: number;
  /** Further members of the error's shape. */
  readonly members: Record<string, unknown>;
  constructor(code: string, message: string, status = 400, members: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
