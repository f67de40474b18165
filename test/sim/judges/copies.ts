import { isDeepStrictEqual } from 'node:util';
import type { TaskDefinition } from '../../../sandbox/model/ecs/task-definition.ts';
import type { Member } from '../fleet.ts';
import { holdsUnless, type MakeJudge } from './judge.ts';

type Members = Record<string, unknown>;

/** Rule 9: a copy of a revision loses nothing, known to anybody or not, and changes nothing but its images, each pinned by digest. */
export const copies: MakeJudge = (truth) => ({
  rule: 'a copy loses nothing',
  watch: (seen) => {
    if (seen.kind !== 'copied') return undefined;
    const [source, copy] = [truth.ecs.definitions.find(seen.source), truth.ecs.definitions.find(seen.copy)];
    if (source === undefined || copy === undefined) return { broken: `${seen.by.id} copied ${seen.source}, which is not there` };
    const member = [...truth.fleet.members.values()].find(({ policy }) => policy.name === source.family);
    const changed = copy.containers.filter(({ image }, index) => image !== source.containers[index]?.image);
    const tags = new Map(copy.tags.map(({ key, value }) => [key, value]));
    return holdsUnless([
      !isAlike(copy, source) && `${copy.arn} is not as ${source.arn}`,
      changed.some(({ image }) => !/@sha256:[0-9a-f]{64}$/.test(image)) && `${copy.arn} names a tag`,
      changed.some(({ name }) => member !== undefined && !isOurs(member, name)) && `${copy.arn} changes a container that nobody governs`,
      source.tags.some(({ key = '', value }) => !(key in seen.tags) && tags.get(key) !== value) &&
        `${copy.arn} lost a tag of ${source.arn}`,
      Object.entries(seen.tags).some(([key, value]) => tags.get(key) !== value) && `${copy.arn} lacks a tag of ours`,
    ]);
  },
});

function isOurs({ containers }: Member, name: string): boolean {
  return Object.values(containers).includes(name);
}

// Mostly they have their members in the same order too. Under jest, members may come from two realms, whose objects are never strictly equal.
function isAlike(copy: TaskDefinition, source: TaskDefinition): boolean {
  const texts = [withoutImages(copy), withoutImages(source)] as const;
  return texts[0] === texts[1] || isDeepStrictEqual(JSON.parse(texts[0]), JSON.parse(texts[1]));
}

const known = new WeakMap<TaskDefinition, string>(); // A revision never changes, and is the source of many copies.

function withoutImages(definition: TaskDefinition): string {
  const before = known.get(definition);
  if (before !== undefined) return before;
  const { document } = definition;
  const containers = document['containerDefinitions'] as Members[];
  const text = JSON.stringify({ ...document, containerDefinitions: containers.map((container) => ({ ...container, image: '' })) });
  known.set(definition, text);
  return text;
}
