import { list } from '../model/conditions.ts';
import { actionOf, judge, type Verdict, type Wish } from '../model/identity-policy.ts';
import { type Denial, accessDenied, denialOf } from './denial.ts';
import type { Role, Roles, RoleStatement } from './roles.ts';
import type { Input } from './wishes.ts';
import { wishesOf } from './call-wishes.ts';

/** Who acts by a role: its name, such as a function's, and how AWS's errors call it. */
export interface Actor {
  name: string;
  role: string;
}

/** One action of one statement of a role, and how often it was what allowed a call. */
export interface Grant {
  /** The function, or the schedule, that acts by the role. */
  caller: string;
  policy: string;
  statement: string;
  action: string;
  uses: number;
}

export interface GuardOptions {
  roles: Roles;
  account: string;
  region: string;
  denied: (denial: Denial) => void;
}

/** Judges what is done by a role: by the very policies of the role in the template. */
export class Guard {
  readonly #uses = new Map<string, number>();
  readonly #options: GuardOptions;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** Throws AWS's error where the actor's role does not allow a call of the API. */
  check(actor: Actor, service: string, operation: string, input: Input, region = this.#options.region): void {
    for (const wish of wishesOf(service, operation, input, { ...this.#options, region })) {
      const verdict = this.#judge(actor, wish);
      if (!verdict.allowed) throw accessDenied(service, this.#userOf(actor), wish, verdict.by !== undefined);
    }
  }

  /** Whether the actor's role allows one action: of what AWS does on its behalf. */
  allows(actor: Actor, action: string, resource: string): boolean {
    return this.#judge(actor, { action, resource, context: {} }).allowed;
  }

  /** Every grant of an actor's role, used or not. */
  grantsOf({ name: caller, role }: Actor): Grant[] {
    return (this.#options.roles.find(role)?.statements ?? [])
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap((statement) =>
        [...list(statement.Action), ...list(statement.NotAction).map((action) => `NotAction ${action}`)].map((action) => ({
          caller,
          policy: statement.policy,
          statement: statement.name,
          action,
          uses: this.#uses.get(keyOf(caller, statement, action)) ?? 0,
        })),
      );
  }

  #judge(actor: Actor, asked: Wish): Verdict<RoleStatement> {
    const { roles, denied } = this.#options;
    const role = roles.find(actor.role);
    const wish = { ...asked, context: { ...this.#everyCall(role), ...asked.context } };
    const verdict = judge(role?.statements ?? [], wish);
    if (verdict.allowed) this.#count(keyOf(actor.name, verdict.by, actionOf(verdict.by, wish)));
    else denied(denialOf(actor.name, asked, role, verdict));
    return verdict;
  }

  /** Condition keys that every call carries. */
  #everyCall(role: Role | undefined): Wish['context'] {
    const { account, region } = this.#options;
    return { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': role?.arn ?? '', 'aws:RequestedRegion': region };
  }

  #count(key: string): void {
    this.#uses.set(key, (this.#uses.get(key) ?? 0) + 1);
  }

  #userOf({ name, role }: Actor): string {
    return `arn:aws:sts::${this.#options.account}:assumed-role/${role.split('/').at(-1)}/${name}`;
  }
}

function keyOf(caller: string, { policy, name }: RoleStatement, action: string): string {
  return JSON.stringify([caller, policy, name, action]);
}
