import type { Clock } from '../clock.ts';
import { Deliveries } from '../delivery.ts';
import { Guard } from '../iam/guard.ts';
import { Roles } from '../iam/roles.ts';
import { Ids } from '../ids.ts';
import { createLogs } from '../logs.ts';
import type { WorldOptions } from './options.ts';

/** What every service of an account stands on: who it is, what time it is, who may do what, and where things are handed on. */
export interface Ground {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
  roles: Roles;
  guard: Guard;
  deliveries: Deliveries;
  logs: ReturnType<typeof createLogs>;
  endpoint: () => string;
  warn: (text: string) => void;
}

/** The ground of an empty account. */
export function createGround({ clock, account, region, seed, endpoint, denied, warn }: WorldOptions): Ground {
  const roles = new Roles(account);
  const guard = new Guard({ roles, account, region, denied });
  const logs = createLogs({ clock, account, region });
  return { clock, ids: new Ids(seed), account, region, roles, guard, deliveries: new Deliveries(guard), logs, endpoint, warn };
}
