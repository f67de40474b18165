import type { Context } from '../model/conditions.ts';
import type { Wish } from '../model/identity-policy.ts';

/** Where a call is made. */
export interface Place {
  account: string;
  region: string;
}

export type Input = Record<string, unknown>;

/** What a call wants: a wish for each resource that it touches, and for each further action that IAM asks for with it. */
export type Wishes = (input: Input, place: Place, action: string) => Wish[];

/** The operations of one service by their names. */
export type WishTable = Record<string, Wishes>;

/** One wish a resource, all with the same condition keys. */
export function each(
  resourcesOf: (input: Input, place: Place) => string[],
  contextOf: (input: Input, place: Place) => Context = () => ({}),
): Wishes {
  return (input, place, action) => resourcesOf(input, place).map((resource) => ({ action, resource, context: contextOf(input, place) }));
}

/** Several kinds of wishes of one call. */
export function together(...all: Wishes[]): Wishes {
  return (input, place, action) => all.flatMap((wishes) => wishes(input, place, action));
}

/** The same wishes under another action's name. */
export function as(action: string, wishes: Wishes): Wishes {
  return (input, place) => wishes(input, place, action);
}

/** The same row for several operations, their names with spaces in between. */
export function rows(operations: string, wishes: Wishes): WishTable {
  return Object.fromEntries(operations.split(' ').map((name) => [name, wishes]));
}

/** A text of the input; empty where there is none. */
export function text(input: Input, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '';
}

/** Texts of the input. */
export function texts(input: Input, name: string): string[] {
  const value = input[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Structures of the input. */
export function structures(input: Input, name: string): Input[] {
  const value = input[name];
  return Array.isArray(value) ? (value as Input[]) : [];
}

/** An ARN as it is, anything else as the name in one. */
export function arn(service: string, { account, region }: Place, nameOrArn: string, before = ''): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:${service}:${region}:${account}:${before}${nameOrArn}`;
}

/** The wish to hand a role on to a service. */
export function passRole(role: string, service: string, { account }: Place): Wish[] {
  if (role === '') return [];
  const resource = role.startsWith('arn:') ? role : `arn:aws:iam::${account}:role/${role}`;
  return [{ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': service } }];
}
