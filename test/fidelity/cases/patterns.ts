import type { CallStep, FidelityCase } from '../case.ts';

type Members = Record<string, unknown>;

const operators = ['events eb-create-pattern-operators'];
const said = (mark: string, detail: Members) => ({
  Source: '{unique}',
  DetailType: 'Test',
  Detail: JSON.stringify({ mark, ...detail }),
});
const test = (pattern: Members): CallStep => ({
  call: 'events TestEventPattern',
  input: { EventPattern: JSON.stringify(pattern), Event: JSON.stringify({ ...envelope, detail: { tag: 'v1' } }) },
});
const envelope = {
  id: '1',
  account: '123456789012',
  source: 'aws.ecr',
  time: '2026-11-20T09:00:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ecr:eu-west-1:123456789012:repository/web'],
  'detail-type': 'ECR Image Action',
};

/** A rule pattern, an event's detail that it matches, and one that it does not. */
const table: [name: string, pattern: Members, matching: Members, other: Members, sources?: string[]][] = [
  ['a list of texts matches any of them', { detail: { state: ['a', 'b'] } }, { state: 'b' }, { state: 'c' }],
  ['several fields match only together', { detail: { state: ['a'], count: [1] } }, { state: 'a', count: 1 }, { state: 'a', count: 2 }],
  ['a list in the event matches by any of its items', { detail: { tags: ['a'] } }, { tags: ['b', 'a'] }, { tags: ['b'] }],
  ['a text is no number', { detail: { count: ['1'] } }, { count: '1' }, { count: 1 }],
  ['a text matches to the letter', { detail: { state: ['STOPPED'] } }, { state: 'STOPPED' }, { state: 'stopped' }],
  ['an empty text and null match themselves', { detail: { tag: ['', null] } }, { tag: null }, { tag: 'v1' }],
  ['prefix', { detail: { group: [{ prefix: 'service:' }] } }, { group: 'service:web' }, { group: 'family:web' }],
  ['suffix', { detail: { tag: [{ suffix: '.sig' }] } }, { tag: 'sha256-0.sig' }, { tag: 'v1' }],
  ['equals-ignore-case', { detail: { state: [{ 'equals-ignore-case': 'stopped' }] } }, { state: 'Stopped' }, { state: 'stop' }],
  ['anything-but a list', { detail: { state: [{ 'anything-but': ['a', 'b'] }] } }, { state: 'c' }, { state: 'b' }],
  ['anything-but a prefix', { detail: { tag: [{ 'anything-but': { prefix: 'sha256-' } }] } }, { tag: 'v1' }, { tag: 'sha256-0' }],
  ['numeric, a range', { detail: { count: [{ numeric: ['>', 0, '<=', 5] }] } }, { count: 5 }, { count: 0 }],
  ['exists', { detail: { tag: [{ exists: true }] } }, { tag: '' }, {}],
  ['exists, not', { detail: { tag: [{ exists: false }] } }, { other: 1 }, { tag: 'v1' }],
  ['wildcard', { detail: { tag: [{ wildcard: 'main-*-x' }] } }, { tag: 'main-1-2-x' }, { tag: 'main-x' }],
  ['cidr', { detail: { ip: [{ cidr: '10.0.0.0/24' }] } }, { ip: '10.0.0.255' }, { ip: '10.0.1.0' }],
  ['$or', { detail: { $or: [{ state: ['a'] }, { count: [{ numeric: ['>', 5] }] }] } }, { count: 6 }, { count: 5, state: 'b' }],
  [
    'the tag that is pushed, neither empty nor missing',
    { detail: { 'action-type': ['PUSH'], 'image-tag': [{ 'anything-but': '' }] } },
    { 'action-type': 'PUSH', 'image-tag': 'v1' },
    { 'action-type': 'PUSH', 'image-tag': '' },
  ],
  [
    'anything-but wants the field to be there',
    { detail: { tag: [{ 'anything-but': 'a' }] } },
    { tag: 'b' },
    {},
    ['https://github.com/aws/event-ruler#anything-but-matching'],
  ],
];

const others: Record<string, string> = {};
const untested = { moto: 'Moto answers TestEventPattern with nothing at all.' };

/** Patterns of EventBridge rules, operator by operator, as the bus judges by them. */
export const patterns: FidelityCase[] = [
  ...table.map(([name, pattern, matching, other, sources = operators]): FidelityCase => {
    const moto = others[name];
    return {
      name: `pattern: ${name}`,
      sources,
      listens: { source: ['{unique}'], ...pattern },
      steps: [
        {
          call: 'events PutEvents',
          input: { Entries: [said('matching', matching), said('other', other)] },
          answer: { FailedEntryCount: 0 },
        },
        { hears: [{ detail: { mark: 'matching' } }] },
        { doesNotHear: [{ detail: { mark: 'other' } }] },
      ],
      ...(moto === undefined ? {} : { others: { moto } }),
    };
  }),
  {
    name: 'pattern: a test tells whether an event matches',
    sources: ['events API_TestEventPattern'],
    others: untested,
    steps: [
      { ...test({ source: ['aws.ecr'], detail: { tag: [{ prefix: 'v' }] } }), answer: { Result: true } },
      { ...test({ source: ['aws.ecr'], detail: { tag: [{ prefix: 'w' }] } }), answer: { Result: false } },
      { ...test({ resources: [{ suffix: 'repository/web' }] }), answer: { Result: true } },
    ],
  },
  {
    name: 'pattern: an operator that does not exist is refused',
    sources: ['events API_TestEventPattern'],
    others: untested,
    steps: [{ ...test({ detail: { tag: [{ like: 'v' }] } }), refused: { name: 'InvalidEventPatternException' } }],
  },
  {
    name: 'pattern: a field wants a list',
    sources: ['events API_PutRule', 'events eb-event-patterns'],
    steps: [
      {
        call: 'events PutRule',
        input: { Name: '{unique}', EventPattern: JSON.stringify({ detail: { tag: 'v1' } }) },
        refused: { name: 'InvalidEventPatternException' },
      },
    ],
  },
  {
    name: 'an event in the name of an AWS service is not taken',
    sources: ['events API_PutEventsRequestEntry', 'seen in answers of PutEvents'],
    others: { moto: 'Moto takes it; the page says that a source must not begin with aws.' },
    steps: [
      {
        call: 'events PutEvents',
        input: { Entries: [{ Source: 'aws.ecr', DetailType: 'Test', Detail: '{}' }] },
        answer: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }] },
      },
    ],
  },
  {
    name: 'an event whose detail is no JSON fails by itself, and the others are taken',
    sources: ['events API_PutEventsResultEntry'],
    steps: [
      {
        call: 'events PutEvents',
        input: { Entries: [{ Source: '{unique}', DetailType: 'Test', Detail: 'no JSON' }, said('taken', {})] },
        answer: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail' }, { EventId: { $any: 'string' } }] },
      },
    ],
  },
];
