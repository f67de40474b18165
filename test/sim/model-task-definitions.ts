import type { TaskDefinition } from '../../lib/domain/task-definition.ts';
import type { TaskDefinitions } from '../../lib/ports/task-definitions.ts';
import type { EcsModel } from '../../sandbox/model/ecs/model.ts';
import type { TaskDefinition as Revision } from '../../sandbox/model/ecs/task-definition.ts';
import { translated } from './model-services.ts';

type Members = Record<string, unknown>;

/** The port of task definitions over the model of ECS. */
export function modelTaskDefinitions({ definitions }: EcsModel): TaskDefinitions {
  return {
    read: async (name) => {
      const revision = definitions.find(name);
      return revision && toTaskDefinition(revision);
    },
    registerCopy: async (source, images, added) => {
      const document = source.document as Members;
      const containers = document['containerDefinitions'] as Members[];
      const tags = Object.entries({ ...source.tags, ...added }).map(([key, value]) => ({ key, value }));
      const containerDefinitions = containers.map((one) => ({ ...one, image: images[String(one['name'])] ?? one['image'] }));
      const copy = translated(() => definitions.register({ ...document, containerDefinitions, tags }));
      return { taskDefinition: toTaskDefinition(copy), lost: [] };
    },
  };
}

function toTaskDefinition({ arn, family, revision, status, containers, tags, document }: Revision): TaskDefinition {
  return {
    arn,
    family,
    revision,
    document,
    active: status === 'ACTIVE',
    containers: containers.map(({ name, image, essential }) => ({ name, image, essential })),
    tags: Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value])),
  };
}
