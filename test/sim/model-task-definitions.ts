import { copyOf, toTaskDefinition } from '../../lib/adapters/task-definition-document.ts';
import type { TaskDefinition } from '../../lib/domain/task-definition.ts';
import type { TaskDefinitions } from '../../lib/ports/task-definitions.ts';
import type { EcsModel } from '../../sandbox/model/ecs/model.ts';
import type { TaskDefinition as Revision } from '../../sandbox/model/ecs/task-definition.ts';
import { translated } from './model-services.ts';

/** The port of task definitions over the model of ECS: only the sending is left out, what is sent is the adapter's. */
export function modelTaskDefinitions({ definitions }: EcsModel): TaskDefinitions {
  return {
    read: async (name) => {
      const revision = definitions.find(name);
      return revision && read(revision);
    },
    registerCopy: async (source, images, added) => {
      const { request, lost } = copyOf(source, images, added);
      const copy = translated(() => definitions.register(JSON.parse(JSON.stringify(request)) as Record<string, unknown>));
      return { taskDefinition: read(copy), lost };
    },
  };
}

// A revision never changes but for its status: it is read from its text once.
const known = new WeakMap<Revision, TaskDefinition>();

function read(revision: Revision): TaskDefinition {
  const { arn, revision: number, status, document, tags } = revision;
  const before = known.get(revision);
  if (before?.active === (status === 'ACTIVE')) return before;
  const answer = { taskDefinition: { ...document, taskDefinitionArn: arn, revision: number, status }, tags };
  const definition = toTaskDefinition(JSON.stringify(answer));
  known.set(revision, definition);
  return definition;
}
