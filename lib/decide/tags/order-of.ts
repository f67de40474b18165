import { alphabetical } from './alphabetical.ts';
import type { KeyOrder } from './key-order.ts';
import { newestPush } from './newest-push.ts';
import { numeric } from './numeric.ts';
import { versionOrder } from './version-order.ts';
import type { TagOrder, TagPolicy } from '../../domain/policy.ts';

/** The order of a policy's tags. One tag and a glob know push time alone. */
export function orderOf(policy: TagPolicy): KeyOrder {
  return policy.kind === 'rule' ? ruleOrder(policy.order) : newestPush;
}

function ruleOrder(order: TagOrder): KeyOrder {
  switch (order.by) {
    case 'newest':
      return newestPush;
    case 'alphabetical':
      return alphabetical;
    case 'numeric':
      return numeric;
    case 'semver':
      return versionOrder(order);
    default:
      return order satisfies never;
  }
}
