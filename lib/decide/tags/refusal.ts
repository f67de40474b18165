import { companionTag, foreignMediaType } from './never-counts.ts';
import { orderOf } from './order-of.ts';
import { findInTag } from './pattern.ts';
import { keyIn, tagKey } from './tag-key.ts';
import type { RegistryImage } from '../../domain/image.ts';
import type { TagOrder, TagPolicy } from '../../domain/policy.ts';

/** Why a policy takes an image by none of its tags, as a sentence about it goes on; undefined where it takes one. */
export function imageRefusal(image: RegistryImage, policy: TagPolicy): string | undefined {
  if (!image.active) return 'it is archived, and no task can pull it';
  const foreign = foreignMediaType(image);
  if (foreign !== undefined) return foreign;
  const refusals = image.tags.map((tag) => tagRefusal(policy, tag));
  return refusals.includes(undefined) ? undefined : (refusals.at(-1) ?? 'it has no tag');
}

/** Why a policy does not take a tag; undefined where it does. */
export function tagRefusal(policy: TagPolicy, tag: string): string | undefined {
  if (tagKey(policy, tag) !== undefined) return undefined;
  const companion = companionTag(tag);
  if (companion !== undefined) return companion;
  const key = keyIn(policy, tag);
  if (key === undefined) return notTaken(policy, tag);
  return policy.kind === 'rule' && !orderOf(policy).admits(key) ? notPlaced(policy.order, key) : notTaken(policy, tag);
}

function notTaken(policy: TagPolicy, tag: string): string {
  if (policy.kind === 'tag') return `the service follows the tag ${policy.tag} alone`;
  if (policy.kind === 'glob') return `${tag} does not match ${policy.glob}`;
  if (policy.except !== undefined && findInTag(policy.except, tag) !== undefined) return `tags.except keeps ${tag} out`;
  return `tags.match does not take ${tag}`;
}

function notPlaced(order: TagOrder, key: string): string {
  if (order.by === 'numeric') return `${key} is no whole number`;
  return order.by === 'semver' ? `${key} is no version of three parts within the range` : `${key} has no place in the order`;
}
