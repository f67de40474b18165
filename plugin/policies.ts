import { resolvedLength } from './cloudformation.ts';
import type { Json, JsonObject } from './cloudformation.ts';
import type { Grant } from './grants.ts';

/** What IAM takes of one role: characters of its inline policies together, of one managed policy, and managed policies. */
const limits = { inline: 10_240, managed: 6_144, managedPolicies: 10 } as const;
/** Of one statement: three fill a managed policy, five an inline one, and little room is lost. */
const longestStatement = 2_000;

/** The policies of one role: the first is inline, the others managed. */
export type Policies = [inline: JsonObject, ...managed: JsonObject[]];

/** A policy of these statements. */
function policy(statements: JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements };
}

const emptyPolicy = resolvedLength(policy([]));

/** Grants of one kind as statements, split where their resources are many. */
export function statementsOf(grants: readonly Grant[]): JsonObject[] {
  const groups = new Map<string, Grant[]>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.resources, grant.condition]); // Kinds that reach the same resources share a statement.
    groups.set(key, [...(groups.get(key) ?? []), grant]);
  }
  return [...groups.values()].flatMap(split);
}

/** All statements in as few policies as they fit in order; undefined where a role has no room for them. */
export function packPolicies(statements: readonly JsonObject[]): Policies | undefined {
  const bins: Bin[] = [{ statements: [], left: limits.inline - emptyPolicy }];
  for (const statement of statements) {
    const length = resolvedLength(statement) + 1;
    const bin = bins.find(({ left }) => length <= left) ?? { statements: [], left: limits.managed - emptyPolicy };
    if (bin.statements.length === 0 && bin !== bins[0]) bins.push(bin);
    bin.statements.push(statement);
    bin.left -= length;
  }
  const [inline, ...managed] = bins.map((bin) => policy(bin.statements));
  return inline === undefined || managed.length > limits.managedPolicies ? undefined : [inline, ...managed];
}

interface Bin {
  statements: JsonObject[];
  /** Characters that are still free. */
  left: number;
}

function split(grants: Grant[]): JsonObject[] {
  const [{ kind, resources, condition }] = grants as [Grant];
  const actions = [...new Set(grants.map(({ call }) => call))];
  const build = (part: Json[], number: number): JsonObject => ({
    Sid: number === 1 ? kind : `${kind}${number}`,
    Effect: 'Allow',
    Action: actions,
    Resource: part,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
  return portions(resources, resolvedLength(build([], 99))).map((part, index) => build(part, index + 1));
}

/** Resources in portions that, with the rest of their statement, stay short enough. */
function portions(resources: Json[], overhead: number): Json[][] {
  const parts: Json[][] = [[]];
  let length = overhead;
  for (const resource of resources) {
    const added = resolvedLength(resource) + 1;
    if (length + added > longestStatement) {
      parts.push([]);
      length = overhead;
    }
    parts.at(-1)?.push(resource);
    length += added;
  }
  return parts;
}
