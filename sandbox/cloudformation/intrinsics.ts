import { type Template, TemplateError } from './template.ts';

/** What the functions of a template refer to. */
export interface Scope {
  template: Template;
  /** Pseudo parameters and parameters by name. */
  parameters: ReadonlyMap<string, unknown>;
  /** The id of a resource, which is made for it where it is not there yet. */
  reference: (logicalId: string) => Promise<string>;
  attribute: (logicalId: string, name: string) => Promise<string>;
}

type Evaluate = (operand: unknown, scope: Scope) => Promise<unknown>;

const absent = Symbol('AWS::NoValue');

const functions: Record<string, Evaluate> = {
  Ref: (operand, scope) => referTo(String(operand), scope),
  'Fn::GetAtt': async (operand, scope) => {
    const [logicalId = '', ...name] = typeof operand === 'string' ? operand.split('.') : (operand as string[]);
    return scope.attribute(logicalId, String(await evaluate(name.join('.'), scope)));
  },
  'Fn::Sub': async (operand, scope) => {
    const [text, extra] = (Array.isArray(operand) ? operand : [operand, {}]) as [string, Record<string, unknown>];
    const own = (await evaluate(extra, scope)) as Record<string, unknown>;
    return substitute(text, async (name) =>
      name in own ? own[name] : name.includes('.') ? functions['Fn::GetAtt']?.(name, scope) : referTo(name, scope),
    );
  },
  'Fn::Join': async (operand, scope) => {
    const [separator, parts] = (await evaluate(operand, scope)) as [string, unknown[]];
    return parts.join(separator);
  },
  'Fn::Split': async (operand, scope) => {
    const [separator, text] = (await evaluate(operand, scope)) as [string, string];
    return text.split(separator);
  },
  'Fn::Select': async (operand, scope) => {
    const [index, list] = (await evaluate(operand, scope)) as [number | string, unknown[]];
    if (Number(index) in list) return list[Number(index)];
    throw new TemplateError(`Fn::Select asks for element ${index} of a list of ${list.length}`);
  },
  'Fn::FindInMap': async (operand, scope) => {
    const [map, first, second] = (await evaluate(operand, scope)) as [string, string, string];
    const found = scope.template.Mappings?.[map]?.[first]?.[second];
    if (found === undefined) throw new TemplateError(`Fn::FindInMap finds no ${map}.${first}.${second}`);
    return found;
  },
  'Fn::Base64': async (operand, scope) => Buffer.from(String(await evaluate(operand, scope))).toString('base64'),
  'Fn::ToJsonString': async (operand, scope) => JSON.stringify(await evaluate(operand, scope)),
  'Fn::If': async (operand, scope) => {
    const [name, then, otherwise] = operand as [string, unknown, unknown];
    return evaluate((await holds(name, scope)) ? then : otherwise, scope);
  },
  'Fn::Equals': async (operand, scope) => {
    const [left, right] = (await evaluate(operand, scope)) as [unknown, unknown];
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': async (operand, scope) => ((await evaluate(operand, scope)) as boolean[]).every(Boolean),
  'Fn::Or': async (operand, scope) => ((await evaluate(operand, scope)) as boolean[]).some(Boolean),
  'Fn::Not': async (operand, scope) => !((await evaluate(operand, scope)) as boolean[])[0],
  Condition: (operand, scope) => holds(String(operand), scope),
};

/** Resolves every function within a value. What comes to AWS::NoValue is left out. */
export async function evaluate(value: unknown, scope: Scope): Promise<unknown> {
  if (Array.isArray(value)) return (await inOrder(value, (entry) => evaluate(entry, scope))).filter((entry) => entry !== absent);
  if (typeof value !== 'object' || value === null) return value;
  const [first, ...more] = Object.entries(value) as [string, unknown][];
  const [name, operand] = first ?? ['', undefined];
  // IAM policies have a Condition of their own, an object; the template's function names one.
  if (more.length === 0 && (name !== 'Condition' || typeof operand === 'string')) {
    const known = functions[name];
    if (known) return known(operand, scope);
    if (name.startsWith('Fn::')) throw new TemplateError(`The sandbox does not know the function ${name}`);
  }
  const entries = await inOrder(Object.entries(value), async ([key, entry]) => [key, await evaluate(entry, scope)] as const);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== absent));
}

/** Whether a condition of the template holds. */
export async function holds(name: string, scope: Scope): Promise<boolean> {
  const condition = scope.template.Conditions?.[name];
  if (condition === undefined) throw new TemplateError(`The template has no condition ${name}`);
  return Boolean(await evaluate(condition, scope));
}

async function referTo(name: string, { parameters, reference }: Scope): Promise<unknown> {
  if (name === 'AWS::NoValue') return absent;
  return parameters.has(name) ? parameters.get(name) : reference(name);
}

async function substitute(text: string, valueOf: (name: string) => Promise<unknown>): Promise<string> {
  const parts = text.split(/(\$\{[^}]+\})/);
  const filled = await inOrder(parts, async (part) => {
    const name = /^\$\{(.+)\}$/.exec(part)?.[1]?.trim();
    if (name === undefined) return part;
    return name.startsWith('!') ? `\${${name.slice(1)}}` : String(await valueOf(name));
  });
  return filled.join('');
}

/** One after the other, so that a template's resources are always made in the same order. */
async function inOrder<T, U>(values: readonly T[], map: (value: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  for (const value of values) results.push(await map(value));
  return results;
}
