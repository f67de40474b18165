import type { Configuration } from '../lib/domain/policy.ts';
import { arnOf, localArn } from './cloudformation.ts';
import type { JsonObject, Resource } from './cloudformation.ts';
import { functionNames, functions } from './functions.ts';
import type { FunctionName } from './functions.ts';
import { deadLetters, idOf, lambdaIdOf, rulePrefix } from './names.ts';
import type { Names } from './names.ts';
import { patternsOf } from './patterns.ts';

/** Part of a template, and what packaging has to say about it. */
export interface Fragment {
  resources: Record<string, Resource>;
  notices: string[];
}

/** The event rules of all functions, the permission of each to be invoked by its rules, and the queue that takes what EventBridge cannot deliver. */
export function rulesFragment(configuration: Configuration, names: Names): Fragment {
  const fragments = functionNames.map((name) => functionFragment(name, configuration, names));
  return {
    resources: Object.assign({}, ...fragments.map(({ resources }) => resources), {
      DeadLettersPolicy: queuePolicy(names),
    }) as Fragment['resources'],
    notices: fragments.flatMap(({ notices }) => notices),
  };
}

function functionFragment(name: FunctionName, configuration: Configuration, names: Names): Fragment {
  const { trigger } = functions[name];
  if (trigger === 'schedule' || trigger === 'queue' || trigger === 'call') return { resources: {}, notices: [] };
  const { patterns, notice } = patternsOf(trigger, configuration);
  const rules = patterns.map((pattern, index) => [`${idOf(name)}Rule${index + 1}`, rule(name, names, pattern, index + 1)] as const);
  return {
    resources: { ...Object.fromEntries(rules), [`${idOf(name)}Permission`]: permission(name, names) },
    notices:
      notice === undefined ? [] : [`The events of ${name} would need more than 10 rules: it is woken by ${notice}, and drops the rest.`],
  };
}

function rule(name: FunctionName, names: Names, pattern: JsonObject, number: number): Resource {
  const target = {
    Id: name,
    Arn: arnOf(lambdaIdOf(name)),
    DeadLetterConfig: { Arn: arnOf(deadLetters) },
    RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 185 }, // After an hour the tick has found what was lost.
  };
  const description = `Wakes ${name} (of ${names.prefix})`;
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: `${rulePrefix(names, name)}${number}`,
      Description: description,
      EventPattern: pattern,
      State: 'ENABLED',
      Targets: [target],
    },
  };
}

/** One a function, however many rules: resource policies are limited too. */
function permission(name: FunctionName, names: Names): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf(lambdaIdOf(name)),
      Principal: 'events.amazonaws.com',
      SourceArn: rulesArn(name, names),
    },
  };
}

/** EventBridge writes to the queue by this; Scheduler and Lambda write to it by their roles. */
function queuePolicy(names: Names): Resource {
  const woken = functionNames.filter((name) => !['schedule', 'queue', 'call'].includes(functions[name].trigger));
  const statements = woken.map((name) => ({
    Sid: idOf(name),
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arnOf(deadLetters),
    Condition: { ArnLike: { 'aws:SourceArn': rulesArn(name, names) } },
  }));
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [{ Ref: deadLetters }], PolicyDocument: { Version: '2012-10-17', Statement: statements } },
  };
}

function rulesArn(name: FunctionName, names: Names): JsonObject {
  return localArn('events', `rule/${rulePrefix(names, name)}*`);
}
