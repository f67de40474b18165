/** Where a claim about AWS comes from: `<service> <page>` of AWS's documentation, or what else was seen of it. */
export type Source = string;

export interface CallStep {
  /** `<service> <operation>`, as in `ecs DescribeServices`. */
  call: string;
  /** `{name}` in a text stands for something saved before; `{unique}` for a name that no other case has. */
  input?: Record<string, unknown>;
  /** What the answer holds at least; texts and matchers as `matching.ts` reads them. */
  answer?: Record<string, unknown>;
  /** The error in place of an answer. */
  refused?: { name: unknown; message?: unknown };
  /** Parts of the answer to be kept under a name, by their path. */
  save?: Record<string, string>;
}

/** Time goes on. Where it does not obey us, the step does nothing. */
export interface PassStep {
  passSeconds: number;
}

/** The bus told these events, in this order, among others; the case listens from its beginning. */
export interface HearStep {
  hears: Record<string, unknown>[];
}

/** The bus told none like these. */
export interface MissStep {
  doesNotHear: Record<string, unknown>[];
}

export type Step = CallStep | PassStep | HearStep | MissStep;

/** One claim about AWS, in plain data: what is called, what is answered, what the bus tells. */
export interface FidelityCase {
  name: string;
  sources: Source[];
  /** The rule that the case listens to; without it no events are heard. */
  listens?: Record<string, unknown>;
  steps: Step[];
  /** Why another implementation answers otherwise though AWS answers as told here, by its name. */
  others?: Record<string, string>;
}

const guides: Record<string, string> = {
  ecs: 'https://docs.aws.amazon.com/AmazonECS/latest/',
  ecr: 'https://docs.aws.amazon.com/AmazonECR/latest/',
  events: 'https://docs.aws.amazon.com/eventbridge/latest/',
  sns: 'https://docs.aws.amazon.com/sns/latest/',
  sqs: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/',
  sts: 'https://docs.aws.amazon.com/STS/latest/',
  dynamodb: 'https://docs.aws.amazon.com/amazondynamodb/latest/',
};
const references: Record<string, string> = { sns: 'api' };
const manuals: Record<string, string> = { ecs: 'developerguide', sns: 'dg', sqs: 'SQSDeveloperGuide', dynamodb: 'developerguide' };

/** The address of a page: `ecs API_DescribeServices`, `ecs deployment-circuit-breaker`. What was merely seen is told as it stands. */
export function addressOf(source: Source): string {
  const [service = '', page = '', ...more] = source.split(' ');
  const guide = guides[service];
  if (guide === undefined || more.length > 0) return source;
  const folder = page.startsWith('API_') ? (references[service] ?? 'APIReference') : (manuals[service] ?? 'userguide');
  return `${guide}${folder}/${page}.html`;
}
