import { type Conditions, conditionsHold, type Context, like, list } from './conditions.ts';

/** A statement of a policy that is attached to a role. */
export interface IdentityStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Conditions;
}

/** What somebody wants to do with one resource. */
export interface Wish {
  /** Such as `ecs:UpdateService`. */
  action: string;
  /** An ARN, or `*` for an action that knows no resources. */
  resource: string;
  context: Context;
}

/** What the statement that came nearest to allowing lacks. */
export type Lack = 'action' | 'resource' | 'condition';

/** Whether a role's statements allow something. `by` is the statement that decided; without one, `nearest` is what might have been meant. */
export type Verdict<Statement> =
  | { allowed: true; by: Statement }
  | { allowed: false; by: Statement }
  | { allowed: false; by: undefined; nearest: { statement: Statement; lacks: Lack } | undefined };

/** Judges a wish as IAM does: a statement that denies wins, else one that allows, else it is not allowed. */
export function judge<Statement extends IdentityStatement>(statements: readonly Statement[], wish: Wish): Verdict<Statement> {
  const applying = statements.filter((statement) => lackOf(statement, wish) === undefined);
  const denied = applying.find(({ Effect }) => Effect === 'Deny');
  if (denied) return { allowed: false, by: denied };
  const allowed = applying.find(({ Effect }) => Effect === 'Allow');
  return allowed ? { allowed: true, by: allowed } : { allowed: false, by: undefined, nearest: nearestTo(wish, statements) };
}

/** Which of a statement's actions names the wish's, as it is written there. */
export function actionOf({ Action, NotAction }: IdentityStatement, { action }: Wish): string {
  return list(Action).find((one) => matches(one, action)) ?? `NotAction ${list(NotAction).join(', ')}`;
}

const nearness: readonly Lack[] = ['condition', 'resource', 'action'];

function nearestTo<Statement extends IdentityStatement>(
  wish: Wish,
  statements: readonly Statement[],
): { statement: Statement; lacks: Lack } | undefined {
  const allowing = statements.filter(({ Effect }) => Effect === 'Allow');
  for (const lacks of nearness) {
    const statement = allowing.find((one) => lackOf(one, wish) === lacks && (lacks !== 'action' || isAkin(one, wish)));
    if (statement) return { statement, lacks };
  }
  return undefined;
}

/** A statement on the same resource that names other actions of the same service: a hint, where `*` alone would be none. */
function isAkin(statement: IdentityStatement, { action, resource }: Wish): boolean {
  const service = action.slice(0, action.indexOf(':') + 1);
  return namesResource(statement, resource) && list(statement.Action).some((one) => one.toLowerCase().startsWith(service.toLowerCase()));
}

function lackOf(statement: IdentityStatement, { action, resource, context }: Wish): Lack | undefined {
  if (!namesAction(statement, action)) return 'action';
  if (!namesResource(statement, resource)) return 'resource';
  // An operator that is not known here lets nobody in and keeps everybody out: the harder reading.
  return conditionsHold(statement.Condition ?? {}, context, statement.Effect === 'Deny') ? undefined : 'condition';
}

function namesAction({ Action, NotAction }: IdentityStatement, action: string): boolean {
  if (NotAction !== undefined) return !list(NotAction).some((one) => matches(one, action));
  return list(Action).some((one) => matches(one, action));
}

function namesResource({ Resource, NotResource }: IdentityStatement, resource: string): boolean {
  if (NotResource !== undefined) return !list(NotResource).some((one) => like(one, resource));
  return list(Resource).some((one) => like(one, resource));
}

function matches(pattern: string, action: string): boolean {
  return like(pattern.toLowerCase(), action.toLowerCase());
}
