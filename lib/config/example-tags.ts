import compare from 'semver/functions/compare.js';
import inc from 'semver/functions/inc.js';
import satisfies from 'semver/functions/satisfies.js';
import type { TagOrder, TagPolicy, TagRule, VersionOrder } from '../domain/policy.ts';
import { readExpression, type Part } from './expression.ts';

/** Three tags that a policy takes, oldest first: for a sandbox that has to push some. Undefined where none comes to mind. */
export function exampleTags(policy: TagPolicy): string[] | undefined {
  if (policy.kind === 'tag') return [policy.tag, policy.tag, policy.tag];
  const rule = policy.kind === 'rule' ? policy : ruleOf(policy.pattern);
  const keys = keysOf(rule.order);
  return waysToWrite(rule)
    .map((write) => keys.map(write))
    .find((tags) => tags.length > 0 && tags.every((tag) => isTaken(rule, tag)));
}

// What a glob was compiled to escapes a hyphen where the flag u refuses that.
function ruleOf(pattern: string): TagRule {
  return { kind: 'rule', match: pattern.replaceAll(String.raw`\-`, '-'), order: { by: 'newest' } };
}

function keysOf(order: TagOrder): string[] {
  if (order.by !== 'semver') return ['100', '101', '102'];
  const [oldest, ...newer] = versionsWithin(order);
  return oldest === undefined ? [] : [oldest, newer[0] ?? oldest, newer[1] ?? newer[0] ?? oldest];
}

function versionsWithin({ range, prereleases }: VersionOrder): string[] {
  const text = range.map((bounds) => bounds.map(({ operator, version }) => operator + version).join(' ')).join(' || ');
  const named = range.flat().map(({ version }) => version);
  const next = named.flatMap((version) => [inc(version, 'patch') ?? version, inc(version, 'minor') ?? version]);
  const all = [...new Set(['1.0.0', '1.0.1', '1.1.0', ...named, ...next])];
  return all.filter((version) => satisfies(version, text, { includePrerelease: prereleases })).toSorted(compare);
}

// With the key in its group; else the key alone, or after the least that matches; else that alone, pushed again and again.
function waysToWrite({ match = '' }: TagRule): ((key: string) => string)[] {
  const read = readExpression(match);
  const alternatives = 'fault' in read ? [[]] : read.whole;
  const inGroup = alternatives.map((parts) => (key: string) => leastText(parts, key));
  return [
    ...inGroup.filter((write) => write('1') !== write('2')),
    (key) => key,
    (key) => `v${key}`,
    ...inGroup.map((write) => (key: string) => write(key) + key),
    ...inGroup,
  ];
}

function leastText(parts: Part[], key: string): string {
  return parts.map((part) => ('takes' in part ? part.takes.slice(0, 1).repeat(part.least) : groupText(part, key))).join('');
}

function groupText({ alternatives, name, least, looks }: Extract<Part, { alternatives: Part[][] }>, key: string): string {
  if (name === 'key') return key;
  return looks === true ? '' : leastText(alternatives[0] ?? [], key).repeat(least);
}

function isTaken({ match, except }: TagRule, tag: string): boolean {
  const fits = /^\w[\w.-]{0,127}$/.test(tag) && new RegExp(match ?? '', 'u').test(tag);
  return fits && !(except !== undefined && new RegExp(except, 'u').test(tag));
}
