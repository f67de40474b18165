import type { Shape } from './schema.ts';

/** Members that our SDK's model does not know and that are taken all the same: a future AWS. */
export class ExtraMembers {
  readonly #known: ReadonlySet<string>;

  /** Each as `service.Shape.member`, such as `ecs.ContainerDefinition.futureField`. */
  constructor(declared: readonly string[] = []) {
    const malformed = declared.find((member) => !/^[a-z]+\.\w+\.\w+$/.test(member));
    if (malformed !== undefined)
      throw new Error(`An extra member is service.Shape.member, such as ecs.ContainerDefinition.futureField; found ${malformed}`);
    this.#known = new Set(declared);
  }

  /** Whether a structure of a service may carry the member. */
  has(service: string, shape: Shape, member: string): boolean {
    return this.#known.has(`${service}.${shape.name}.${member}`);
  }
}
