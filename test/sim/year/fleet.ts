import { aPolicy } from '../../fakes/policies.ts';
import { configurationOf } from '../draw-fleet.ts';
import type { Fleet, Member } from '../fleet.ts';
import type { Night } from '../nights/nights.ts';
import { minuteMs } from '../place.ts';
import { tagPolicies } from '../tag-order.ts';
import { nightOf, type Stretch } from './calendar.ts';
import { sleepers, type Sleeper } from './schedules.ts';

const repositories = ['web', 'api'];
const switchedOn = { in: false, out: false, scheduled: false };

/** The three services of the year, as they are configured and as their owners set them up. */
export function yearFleet(stretches: readonly Stretch[]): Fleet {
  const members = sleepers.map((sleeper, index) => memberOf(sleeper, repositories[index % 2] ?? 'web'));
  const nights = sleepers.map((sleeper, index) => [members[index]?.policy.service ?? '', nightOf(sleeper, stretches)] as [string, Night]);
  const bounds = sleepers.flatMap(({ bounds: own }, index) =>
    own === undefined ? [] : [[members[index]?.policy.service ?? '', { ...own, suspended: switchedOn }] as const],
  );
  const schedules = Object.fromEntries(nights.map(([, { schedule }]) => [schedule.name, schedule]));
  const fleet: Fleet = {
    members: new Map(members.map((member) => [member.policy.service, member])),
    repositories,
    scanned: [],
    configuration: { hash: '', services: {}, schedules, reconcile: { perMinute: 10 } },
    nights: { byService: new Map(nights), bounds: new Map(bounds) },
  };
  fleet.configuration = configurationOf(fleet, 'year');
  return fleet;
}

function memberOf({ name, desired }: Sleeper, repository: string): Member {
  const service = `production/${name}-1`;
  return {
    policy: aPolicy({
      service,
      hash: `policy of ${service}`,
      images: [{ repository, tags: tagPolicies.latest }],
      verify: {
        ...aPolicy().verify,
        guard: { forMs: 60 * minuteMs, withinMs: 25 * minuteMs },
        timeoutMs: 15 * minuteMs,
        external: 'rollback',
      },
      offPeak: { schedule: name, after: [] },
    }),
    containers: { [repository]: 'app' },
    desiredCount: desired,
    checked: true,
    breaker: false,
    startsByTag: false,
    arm: false,
    helped: false,
  };
}
