import { list } from '../model/conditions.ts';
import type { IdentityStatement } from '../model/identity-policy.ts';
import { AwsError } from '../service.ts';

/** A statement of a role, with the policy that it stands in. */
export interface RoleStatement extends IdentityStatement {
  policy: string;
  /** Its Sid, or its place in the policy where it has none. */
  name: string;
}

export interface Role {
  arn: string;
  name: string;
  trust: TrustPolicy;
  statements: RoleStatement[];
}

export interface TrustPolicy {
  Statement?: { Effect?: string; Principal?: { Service?: string | string[] }; Action?: string | string[] }[];
}

export interface PolicyDocument {
  Statement?: IdentityStatement | IdentityStatement[];
}

/** The roles of the account and what their policies say. */
export class Roles {
  readonly #roles = new Map<string, Role>();
  readonly #managed = new Map<string, { name: string; document: PolicyDocument }>();
  readonly #account: string;

  constructor(account: string) {
    this.#account = account;
  }

  create(name: string, path: string, trust: TrustPolicy): Role {
    if (this.find(name)) throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
    const role: Role = { name, arn: `arn:aws:iam::${this.#account}:role${path}${name}`, trust, statements: [] };
    this.#roles.set(name, role);
    return role;
  }

  createPolicy(name: string, document: PolicyDocument): string {
    const arn = `arn:aws:iam::${this.#account}:policy/${name}`;
    this.#managed.set(arn, { name, document });
    return arn;
  }

  /** Adds an inline policy to a role. */
  put(roleName: string, policy: string, { Statement }: PolicyDocument): void {
    const statements = list(Statement).map((statement, index) => ({
      ...statement,
      policy,
      name: statement.Sid ?? `statement ${index + 1}`,
    }));
    this.#get(roleName).statements.push(...statements);
  }

  attach(roleName: string, policyArn: string): void {
    const managed = this.#managed.get(policyArn);
    if (!managed) throw new AwsError('NoSuchEntity', `Policy ${policyArn} does not exist or is not attachable.`, 404);
    this.put(roleName, managed.name, managed.document);
  }

  /** By name or ARN. */
  find(nameOrArn: string): Role | undefined {
    return this.#roles.get(nameOrArn.split('/').at(-1) ?? '');
  }

  /** Whether the role says that a service may act by it. */
  isTrusting(role: Role, service: string): boolean {
    return list(role.trust.Statement).some(({ Effect, Principal }) => Effect === 'Allow' && list(Principal?.Service).includes(service));
  }

  #get(name: string): Role {
    const role = this.find(name);
    if (!role) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
    return role;
  }
}
