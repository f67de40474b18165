import { converted } from './converted.ts';
import { evaluate, holds, type Scope } from './intrinsics.ts';
import { functions } from './functions.ts';
import { identity } from './identity.ts';
import { kept } from './kept.ts';
import { messaging } from './messaging.ts';
import type { Created, Make, Properties, Surroundings } from './resource-type.ts';
import { tables } from './tables.ts';
import { type Template, TemplateError } from './template.ts';
import { triggers } from './triggers.ts';

const makers: Record<string, Make> = { ...functions, ...identity, ...kept, ...messaging, ...tables, ...triggers };

/** A stack that was created from a template. */
export interface Stack {
  name: string;
  id: string;
  template: Template;
  resources: { logicalId: string; type: string; created: Created }[];
  outputs: { key: string; value: string; description?: string }[];
  createdAt: Date;
}

export interface StackOptions extends Omit<Surroundings, 'logicalId' | 'generatedName'> {
  name: string;
  template: Template;
  createdAt: Date;
}

/** Creates every resource of a template, each after those that it refers to; throws on a type that the sandbox does not know. */
export async function createStack(options: StackOptions): Promise<Stack> {
  const { name, template, region, account, createdAt } = options;
  checkTypes(template);
  const id = `arn:aws:cloudformation:${region}:${account}:stack/${name}/sandbox`;
  const creation = new Creation(options, id);
  for (const logicalId of Object.keys(template.Resources)) await creation.ensure(logicalId);
  return { name, id, template, createdAt, resources: creation.resources(), outputs: await creation.outputs() };
}

function checkTypes({ Resources }: Template): void {
  const unknown = Object.entries(Resources).filter(([, { Type }]) => !Object.hasOwn(makers, Type));
  if (unknown.length === 0) return;
  throw new TemplateError(`The sandbox does not know ${unknown.map(([logicalId, { Type }]) => `${Type} (${logicalId})`).join(', ')}`);
}

class Creation {
  readonly #made = new Map<string, Created>();
  readonly #underWay = new Set<string>();
  readonly #options: StackOptions;
  readonly #scope: Scope;

  constructor(options: StackOptions, stackId: string) {
    this.#options = options;
    this.#scope = {
      template: options.template,
      parameters: parametersOf(options, stackId),
      reference: async (logicalId) => (await this.#required(logicalId)).id,
      attribute: async (logicalId, name) => {
        const value = (await this.#required(logicalId)).attributes[name];
        if (value === undefined)
          throw new TemplateError(`${options.template.Resources[logicalId]?.Type} (${logicalId}) has no attribute ${name} in the sandbox`);
        return value;
      },
    };
  }

  /** Makes a resource where it is not there yet; undefined where its condition does not hold. */
  async ensure(logicalId: string): Promise<Created | undefined> {
    const made = this.#made.get(logicalId);
    const resource = this.#options.template.Resources[logicalId];
    if (made || !resource) return made;
    if (resource.Condition !== undefined && !(await holds(resource.Condition, this.#scope))) return undefined;
    if (this.#underWay.has(logicalId))
      throw new TemplateError(`Circular dependency between resources: ${[...this.#underWay, logicalId].join(' → ')}`);
    this.#underWay.add(logicalId);
    for (const other of [resource.DependsOn ?? []].flat()) await this.ensure(other);
    const properties = (await evaluate(resource.Properties ?? {}, this.#scope)) as Properties;
    const created = await this.#make(logicalId, resource.Type, properties);
    this.#underWay.delete(logicalId);
    this.#made.set(logicalId, created);
    return created;
  }

  resources(): Stack['resources'] {
    return [...this.#made].map(([logicalId, created]) => ({
      logicalId,
      type: this.#options.template.Resources[logicalId]?.Type ?? '',
      created,
    }));
  }

  async outputs(): Promise<Stack['outputs']> {
    const told: Stack['outputs'] = [];
    for (const [key, { Value, Description, Condition }] of Object.entries(this.#options.template.Outputs ?? {})) {
      if (Condition !== undefined && !(await holds(Condition, this.#scope))) continue;
      told.push({ key, value: String(await evaluate(Value, this.#scope)), ...(Description !== undefined && { description: Description }) });
    }
    return told;
  }

  async #make(logicalId: string, type: string, properties: Properties): Promise<Created> {
    const generatedName = `${this.#options.name}-${logicalId}`;
    const call: Surroundings['call'] = (service, operation, input) =>
      this.#options.call(service, operation, converted(service, operation, input));
    try {
      return await (makers[type] as Make)(properties, { ...this.#options, call, logicalId, generatedName });
    } catch (cause) {
      throw new TemplateError(`${type} (${logicalId}) could not be created: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }

  async #required(logicalId: string): Promise<Created> {
    const created = await this.ensure(logicalId);
    if (!created) throw new TemplateError(`The template refers to ${logicalId}, which it does not have`);
    return created;
  }
}

function parametersOf({ template, region, account, name }: StackOptions, stackId: string): ReadonlyMap<string, unknown> {
  const own = Object.entries(template.Parameters ?? {}).map(([key, { Default }]) => {
    if (Default === undefined) throw new TemplateError(`The parameter ${key} has no default`);
    return [key, Default] as const;
  });
  return new Map<string, unknown>([
    ['AWS::AccountId', account],
    ['AWS::Region', region],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', name],
    ['AWS::StackId', stackId],
    ['AWS::NotificationARNs', []],
    ...own,
  ]);
}
