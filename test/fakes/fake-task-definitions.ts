import { PermanentError } from '../../lib/errors.ts';
import type { ContainerDefinition, TaskDefinition } from '../../lib/domain/task-definition.ts';
import type { TaskDefinitions } from '../../lib/ports/task-definitions.ts';
import { frozen } from './memory-table.ts';

/** Revisions in memory: registering counts up, and nothing is lost. */
export interface FakeTaskDefinitions extends TaskDefinitions {
  revisions: Map<string, TaskDefinition>;
  /** ARNs of the copies, in order. */
  registered: string[];
  /** What the next copies are answered to have lost. */
  lost: string[];
  /** Puts the next revision of a family there. */
  add(family: string, images: Record<string, string>, differing?: Partial<TaskDefinition>): TaskDefinition;
  /** Makes a revision INACTIVE. */
  deregister(arn: string): void;
}

/** Fake task definitions. */
export function fakeTaskDefinitions(): FakeTaskDefinitions {
  const revisions = new Map<string, TaskDefinition>();
  const registered: string[] = [];
  const lost: string[] = [];
  const put = (family: string, rest: Pick<TaskDefinition, 'containers' | 'tags' | 'document'>, differing: Partial<TaskDefinition> = {}) => {
    const revision = [...revisions.values()].filter((existing) => existing.family === family).length + 1;
    const arn = `arn:aws:ecs:eu-west-1:123456789012:task-definition/${family}:${revision}`;
    const taskDefinition = frozen({ arn, family, revision, active: true, ...rest, ...differing });
    revisions.set(arn, taskDefinition);
    return taskDefinition;
  };
  return {
    revisions,
    registered,
    lost,
    add: (family, images, differing) => put(family, { containers: containersOf(images), tags: {}, document: {} }, differing),
    deregister: (arn) => {
      const revision = revisions.get(arn);
      if (revision !== undefined) revisions.set(arn, frozen({ ...revision, active: false }));
    },
    read: async (name) => find([...revisions.values()], name),
    registerCopy: async ({ arn, family, containers, tags, document }, images, added) => {
      const unknown = Object.keys(images).find((name) => !containers.some((container) => container.name === name));
      if (unknown !== undefined) throw new PermanentError(`copy ${arn}: it has no container ${unknown}`);
      const copied = containers.map((container) => ({ ...container, image: images[container.name] ?? container.image }));
      const taskDefinition = put(family, { containers: copied, tags: { ...tags, ...added }, document });
      registered.push(taskDefinition.arn);
      return { taskDefinition, lost: [...lost] };
    },
  };
}

function containersOf(images: Record<string, string>): ContainerDefinition[] {
  return Object.entries(images).map(([name, image]) => ({ name, image, essential: true }));
}

/** By ARN, `family:revision`, or family: its newest ACTIVE. */
function find(revisions: TaskDefinition[], name: string): TaskDefinition | undefined {
  const exact = revisions.find(({ arn, family, revision }) => arn === name || `${family}:${revision}` === name);
  if (exact !== undefined) return exact;
  return revisions.filter(({ family, active }) => family === name && active).toSorted((a, b) => b.revision - a.revision)[0];
}
