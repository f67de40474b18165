/** What a resource has become: its id (what Ref answers) and its attributes (what Fn::GetAtt answers). */
export interface Created {
  id: string;
  attributes: Record<string, string>;
}

export type Properties = Record<string, unknown>;

/** What the makers of resources are given. */
export interface Surroundings {
  account: string;
  region: string;
  logicalId: string;
  /** A name where the template gives none, as CloudFormation makes it. */
  generatedName: string;
  /** Calls an AWS operation of the sandbox, checked like any other call. */
  call: (service: string, operation: string, input: object) => Promise<Record<string, unknown>>;
  /** The package of a function, by its key in the deployment bucket. */
  artifact: (key: string) => Buffer;
}

/** Makes a resource of one type of its resolved properties. */
export type Make = (properties: Properties, surroundings: Surroundings) => Promise<Created> | Created;

/** The name that a template gives a resource, or the one that CloudFormation would make. */
export function nameFrom(given: unknown, { generatedName }: Surroundings): string {
  return typeof given === 'string' ? given : generatedName;
}

/** Properties but for those that mean nothing here. */
export function without(properties: Properties, ...names: string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}
