import { ecsArn, lastName } from './arns.ts';
import { clientError } from './errors.ts';
import { nowMs } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { checkedTags } from './tags.ts';
import type { Tag } from './tags.ts';
import { architectureOf, containersOf, text } from './task-definition.ts';
import type { TaskDefinition } from './task-definition.ts';
import { checkDocument, withDefaults } from './task-definition-document.ts';

/** The families of task definitions and their revisions, which are numbered without gaps and never used again. */
export class TaskDefinitions {
  readonly #surroundings: Surroundings;
  readonly #families = new Map<string, TaskDefinition[]>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Always a new revision, even where nothing changed. */
  register(input: Record<string, unknown>): TaskDefinition {
    const { tags, ...document } = input;
    checkDocument(document);
    const kept = checkedTags(tags as Tag[] | undefined);
    const family = document['family'] as string;
    const revisions = this.#families.get(family) ?? [];
    this.#families.set(family, revisions);
    const definition = this.#read(family, revisions.length + 1, withDefaults(structuredClone(document)), kept);
    revisions.push(definition);
    return definition;
  }

  /** By family (its newest ACTIVE), `family:revision` or ARN. */
  find(name: string): TaskDefinition | undefined {
    const [family = '', revision] = lastName(name).split(':');
    const revisions = this.#families.get(family) ?? [];
    return revision === undefined ? revisions.findLast(({ status }) => status === 'ACTIVE') : revisions[Number(revision) - 1];
  }

  /** The revision that a service or task may be told to run. */
  runnable(name: string): TaskDefinition {
    const definition = this.find(name);
    if (definition === undefined) throw clientError('TaskDefinition not found.');
    if (definition.status !== 'ACTIVE' && (definition.takenUntilMs ?? 0) <= nowMs(this.#surroundings))
      throw clientError('TaskDefinition is inactive');
    return definition;
  }

  deregister(name: string): TaskDefinition {
    const definition = lastName(name).includes(':') ? this.find(name) : undefined;
    if (definition === undefined) throw clientError('The specified task definition does not exist.');
    definition.status = 'INACTIVE';
    definition.deregisteredAtMs ??= nowMs(this.#surroundings);
    const { chance, choices } = this.#surroundings;
    if (choices.inactiveLagMs > 0) definition.takenUntilMs ??= definition.deregisteredAtMs + chance.between(0, choices.inactiveLagMs);
    return definition;
  }

  /** All revisions of one status, family by family in the order of names, oldest first. */
  list(status: string, family?: string): TaskDefinition[] {
    const names = family === undefined ? this.#names() : [family];
    return names.flatMap((name) => (this.#families.get(name) ?? []).filter((definition) => definition.status === status));
  }

  /** Names of families: ACTIVE ones have an ACTIVE revision, INACTIVE ones have none. */
  families(status: string, prefix = ''): string[] {
    return this.#names().filter((name) => {
      const active = this.find(name) !== undefined;
      return name.startsWith(prefix) && (status === 'ALL' || (status === 'ACTIVE') === active);
    });
  }

  #names(): string[] {
    return [...this.#families.keys()].toSorted();
  }

  #read(family: string, revision: number, document: Record<string, unknown>, tags: Tag[]): TaskDefinition {
    return {
      arn: ecsArn(this.#surroundings, 'task-definition', `${family}:${revision}`),
      family,
      revision,
      status: 'ACTIVE',
      document,
      tags,
      registeredAtMs: nowMs(this.#surroundings),
      registeredBy: `arn:aws:iam::${this.#surroundings.account}:root`,
      containers: containersOf(document),
      cpu: text(document['cpu']),
      memory: text(document['memory']),
      networkMode: (document['networkMode'] as string | undefined) ?? 'bridge',
      architecture: architectureOf(document),
      ephemeralStorageGiB: (document['ephemeralStorage'] as { sizeInGiB?: number } | undefined)?.sizeInGiB ?? 20,
    };
  }
}
