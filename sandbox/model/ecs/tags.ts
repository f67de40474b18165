import { invalid } from './errors.ts';

export interface Tag {
  key?: string | undefined;
  value?: string | undefined;
}

const most = 50;

/** The tags as they are kept, or AWS's refusal: more than 50, or a key that is AWS's own. */
export function checkedTags(tags: readonly Tag[] | undefined): Tag[] {
  if ((tags?.length ?? 0) > most) throw invalid(`Tags can not be more than ${most}.`);
  if (tags?.some(({ key }) => key?.toLowerCase().startsWith('aws:')))
    throw invalid('aws: prefixed tag key names are not allowed for external use.');
  return (tags ?? []).map(({ key, value }) => ({ key, value: value ?? '' }));
}

/** Adds tags; a key that is there already takes the new value. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] {
  const keys = new Set(added.map(({ key }) => key));
  return checkedTags([...tags.filter(({ key }) => !keys.has(key)), ...added]);
}
