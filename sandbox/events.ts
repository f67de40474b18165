import type * as sdk from '@aws-sdk/client-eventbridge';
import { Bus, type BusOptions, type Envelope, type Rule } from './events/bus.ts';
import { permissionOperations } from './events/permissions.ts';
import { compilePattern, type EventMatcher } from './model/event-pattern.ts';
import { PatternError } from './model/pattern-error.ts';
import { pageOf } from './paging.ts';
import { AwsError, type AwsService } from './service.ts';
import { recurring } from './recurring.ts';

const patternCharactersMax = 2048;
const eventBytesMax = 1_048_576;
const rulesMax = 300;

/** Amazon EventBridge: the default bus with its rules. */
export function createEvents(options: BusOptions): AwsService & { bus: Bus } {
  const { account, region, clock } = options;
  const bus = new Bus(options);
  const ruleOf = (name: string | undefined): Rule => {
    const rule = bus.rules.get(name ?? '');
    if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
    return rule;
  };
  return {
    bus,
    operations: {
      ...permissionOperations(bus, options),
      PutRule: (input: sdk.PutRuleCommandInput) => {
        const rule = ruleFrom(
          input,
          `arn:aws:events:${region}:${account}:rule/${input.Name}`,
          bus.rules.get(input.Name ?? '')?.targets ?? [],
        );
        if (!bus.rules.has(rule.name) && bus.rules.size >= rulesMax)
          throw new AwsError(
            'LimitExceededException',
            `The requested resource exceeds the maximum number allowed: ${rulesMax} rules a bus.`,
          );
        bus.rules.set(rule.name, rule);
        if (rule.schedule !== undefined) fire(rule, bus, options);
        return { RuleArn: rule.arn };
      },
      PutTargets: (input: sdk.PutTargetsCommandInput) => {
        const rule = ruleOf(input.Rule);
        const ids = new Set(input.Targets?.map(({ Id }) => Id));
        const targets = [...rule.targets.filter(({ Id }) => !ids.has(Id)), ...(input.Targets ?? [])];
        if (targets.length > 5)
          throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed: 5 targets a rule.');
        checkTargets(input.Targets ?? []);
        rule.targets = targets;
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
      RemoveTargets: (input: sdk.RemoveTargetsCommandInput) => {
        const rule = ruleOf(input.Rule);
        rule.targets = rule.targets.filter(({ Id }) => !input.Ids?.includes(Id ?? ''));
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
      DeleteRule: (input: sdk.DeleteRuleCommandInput) => {
        if (ruleOf(input.Name).targets.length > 0) throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
        bus.rules.delete(input.Name ?? '');
      },
      EnableRule: (input: sdk.EnableRuleCommandInput) => void (ruleOf(input.Name).enabled = true),
      DisableRule: (input: sdk.DisableRuleCommandInput) => void (ruleOf(input.Name).enabled = false),
      DescribeRule: (input: sdk.DescribeRuleCommandInput) => told(ruleOf(input.Name)),
      ListRules: (input: sdk.ListRulesCommandInput) => {
        const { items, NextToken } = paged(
          [...bus.rules.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? '')),
          input,
        );
        return { Rules: items.map(told), NextToken };
      },
      ListTargetsByRule: (input: sdk.ListTargetsByRuleCommandInput) => {
        const { items, NextToken } = paged(ruleOf(input.Rule).targets, input);
        return { Targets: items, NextToken };
      },
      TestEventPattern: (input: sdk.TestEventPatternCommandInput) => ({
        Result: compile(input.EventPattern ?? '')(parse(input.Event ?? '', 'Event')),
      }),
      PutEvents: (input: sdk.PutEventsCommandInput) => {
        const entries = input.Entries ?? [];
        if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > eventBytesMax)
          throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
        const results = entries.map((entry) => putEntry(entry, bus, clock.now()));
        return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: results };
      },
    },
  };
}

function paged<Item>(
  items: readonly Item[],
  { Limit = 100, NextToken }: { Limit?: number | undefined; NextToken?: string | undefined },
): { items: Item[]; NextToken: string | undefined } {
  const page = pageOf(items, Limit, NextToken);
  if (!page) throw new AwsError('ValidationException', 'Invalid NextToken.');
  return { items: page.items, NextToken: page.next };
}

/** What an entry counts for: its texts, and 14 bytes for a time. */
function bytesOf({ Source = '', DetailType = '', Detail = '', Resources = [], Time }: sdk.PutEventsRequestEntry): number {
  return Buffer.byteLength([Source, DetailType, Detail, ...Resources].join('')) + (Time ? 14 : 0);
}

function checkTargets(targets: readonly sdk.Target[]): void {
  const torn = targets.find(({ Input, InputPath, InputTransformer }) => [Input, InputPath, InputTransformer].filter(Boolean).length > 1);
  if (torn)
    throw new AwsError('ValidationException', `Only one of Input, InputPath, or InputTransformer must be provided for target ${torn.Id}.`);
}

function ruleFrom(input: sdk.PutRuleCommandInput, arn: string, targets: sdk.Target[]): Rule {
  const { Name = '', Description, EventPattern, ScheduleExpression, State } = input;
  if (EventPattern === undefined && ScheduleExpression === undefined)
    throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  return {
    name: Name,
    arn,
    matches: EventPattern === undefined ? () => false : compile(EventPattern),
    enabled: State !== 'DISABLED',
    targets,
    ...(Description !== undefined && { description: Description }),
    ...(EventPattern !== undefined && { pattern: EventPattern }),
    ...(ScheduleExpression !== undefined && { schedule: ScheduleExpression }),
  };
}

/** A scheduled rule: UTC, an event of EventBridge's own at each run. */
function fire(rule: Rule, bus: Bus, { clock, ids, account, region }: BusOptions): void {
  const current = (): boolean => bus.rules.get(rule.name) === rule;
  recurring(clock.agenda, rule.schedule ?? '', 'UTC', current, (at) => {
    const event: Envelope = {
      version: '0',
      id: ids.uuid(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account,
      time: at.toISOString().replace('.000Z', 'Z'),
      region,
      resources: [rule.arn],
      detail: {},
    };
    if (rule.enabled) for (const target of rule.targets) bus.deliver(rule, target, event);
  });
}

function compile(pattern: string): EventMatcher {
  if (pattern.length > patternCharactersMax)
    throw new AwsError('LimitExceededException', `Event pattern is longer than ${patternCharactersMax} characters.`);
  try {
    return compilePattern(parse(pattern, 'Event pattern'));
  } catch (error) {
    if (error instanceof PatternError)
      throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
    throw error;
  }
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError(what === 'Event' ? 'ValidationException' : 'InvalidEventPatternException', `${what} is not valid. Reason: not JSON`);
  }
}

function putEntry(entry: sdk.PutEventsRequestEntry, bus: Bus, now: Date): sdk.PutEventsResultEntry {
  const { Source, DetailType, Detail, Resources = [], Time = now } = entry;
  if (Source === undefined || DetailType === undefined || Detail === undefined)
    return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameters Source, DetailType and Detail are required.' };
  if (Source.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  try {
    const detail = JSON.parse(Detail) as Record<string, unknown>;
    return { EventId: bus.put({ source: Source, 'detail-type': DetailType, resources: Resources, detail }, Time) };
  } catch {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
}

function told({ name, arn, description, pattern, schedule, enabled }: Rule): sdk.DescribeRuleResponse {
  return {
    Name: name,
    Arn: arn,
    Description: description,
    EventPattern: pattern,
    ScheduleExpression: schedule,
    State: enabled ? 'ENABLED' : 'DISABLED',
    EventBusName: 'default',
  };
}
