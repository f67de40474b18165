import type { FunctionName } from './functions.ts';

/** What things are called in the stack. `prefix` is service and stage: `ecs-autopilot-production`. */
export interface Names {
  prefix: string;
}

/** Logical ids of what stands in serverless.yml. */
export const table = 'Table';
export const alertsTopic = 'AlertsTopic';
export const alarmsTopic = 'AlarmsTopic';
export const deadLetters = 'DeadLetters';

/** Logical ids of what stands in the template only where a channel beside mail is configured. */
export const slackQueue = 'SlackQueue';
export const amazonQTopic = 'AmazonQTopic';

/** Beginning of the logical ids that belong to a function: `DeployImage`. */
export function idOf(name: FunctionName): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Logical id that the framework gives to a function: `DeployDashimageLambdaFunction`. */
export function lambdaIdOf(name: FunctionName): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', 'Dash')}LambdaFunction`;
}

/** What the names of all rules of a function begin with, and of no other function's. */
export function rulePrefix({ prefix }: Names, name: FunctionName): string {
  return `${prefix}-${name}-`;
}
