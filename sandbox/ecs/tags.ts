import type * as sdk from '@aws-sdk/client-ecs';
import { findCluster, findService } from '../model/ecs/cluster.ts';
import { invalid } from '../model/ecs/errors.ts';
import type { EcsModel } from '../model/ecs/model.ts';
import { withTags } from '../model/ecs/tags.ts';
import type { Tag } from '../model/ecs/tags.ts';
import type { Operation } from '../service.ts';

export function tagOperations(model: EcsModel) {
  return {
    TagResource: (input: sdk.TagResourceCommandInput) => {
      const holder = holderOf(model, input.resourceArn ?? '');
      holder.tags = withTags(holder.tags, input.tags ?? []);
      return {};
    },
    UntagResource: (input: sdk.UntagResourceCommandInput) => {
      const holder = holderOf(model, input.resourceArn ?? '');
      holder.tags = holder.tags.filter(({ key }) => !input.tagKeys?.includes(key ?? ''));
      return {};
    },
    ListTagsForResource: (input: sdk.ListTagsForResourceCommandInput) => ({ tags: holderOf(model, input.resourceArn ?? '').tags }),
  } satisfies Record<string, Operation>;
}

/** Clusters, services, tasks and task definitions bear tags. */
function holderOf(model: EcsModel, arn: string): { tags: Tag[] } {
  const [, kind, path = ''] = /^arn:[^:]+:ecs:[^:]*:[^:]*:([^/]+)\/(.+)$/.exec(arn) ?? [];
  const [cluster = '', name = ''] = path.split('/');
  if (kind === 'cluster') return findCluster(model.clusters, cluster);
  if (kind === 'service') return findService(findCluster(model.clusters, cluster), name);
  if (kind === 'task') return model.tasks.get(findCluster(model.clusters, cluster).name, name).order;
  const definition = kind === 'task-definition' ? model.definitions.find(path) : undefined;
  if (definition === undefined) throw invalid(`The specified resource was not found: ${arn}`);
  return definition;
}
