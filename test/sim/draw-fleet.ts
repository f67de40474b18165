import type { Configuration, GatesPolicy, ImagePolicy, ServicePolicy, TagPolicy, VerifyPolicy } from '../../lib/domain/policy.ts';
import type { Draws } from './draws.ts';
import type { Fleet, Member } from './fleet.ts';
import { minuteMs } from './place.ts';
import { tagPolicies } from './tag-order.ts';

const repositoryNames = ['web', 'api', 'jobs'];

/** Draws the services, most of them on the same few repositories. A plain world has one image a service and asks no gates. */
export function drawFleet(draws: Draws, plain: boolean): Fleet {
  const repositories = repositoryNames.slice(0, draws.between(1, 3));
  const members = Array.from({ length: draws.between(2, 6) }, (_, index) => drawMember(draws, repositories, index));
  const perMinute = draws.between(3, 10);
  const varied = plain ? members : members.map((member) => vary(draws, member, repositories));
  const fleet: Fleet = {
    members: new Map(varied.map((member) => [member.policy.service, member])),
    repositories,
    scanned: plain ? [] : repositories.filter(() => draws.likely(0.8)),
    configuration: { hash: '', services: {}, reconcile: { perMinute } },
  };
  fleet.configuration = configurationOf(fleet, 'sim');
  return fleet;
}

/** The configuration that holds the members as they are now. */
export function configurationOf({ members, configuration }: Fleet, hash: string): Configuration {
  return { ...configuration, hash, services: Object.fromEntries([...members.values()].map(({ policy }) => [policy.service, policy])) };
}

/** What another deployment of the product changes for a service; undefined takes a key away. */
export type PolicyChange = { [Key in keyof ServicePolicy]?: ServicePolicy[Key] | undefined };

/** Another deployment of the product: one service is configured otherwise. */
export function configure(fleet: Fleet, service: string, change: PolicyChange): void {
  const member = fleet.members.get(service);
  if (member === undefined) return;
  const hash = `${fleet.configuration.hash}+`;
  member.policy = { ...member.policy, ...change, hash: `${member.policy.hash}+` } as ServicePolicy;
  fleet.configuration = configurationOf(fleet, hash);
}

function drawMember(draws: Draws, repositories: string[], index: number): Member {
  const repository = draws.oneOf(repositories);
  const cluster = draws.oneOf(['production', 'staging']);
  const name = `${repository}-${index + 1}`;
  const tags: TagPolicy = draws.likely(0.5) ? tagPolicies.latest : tagPolicies.main;
  const service = `${cluster}/${name}`;
  const policy: ServicePolicy = {
    service,
    cluster,
    name,
    hash: `policy of ${service}`,
    images: [{ repository, tags }],
    base: draws.likely(0.8) ? 'service' : 'family',
    verify: drawVerify(draws),
    mode: draws.likely(0.95) ? 'deploy' : 'watch',
    managed: true,
    historyMs: 90 * 24 * 60 * minuteMs,
  };
  return { policy, containers: { [repository]: 'app' }, ...drawOwners(draws), arm: false, helped: false };
}

function drawOwners(draws: Draws): Pick<Member, 'desiredCount' | 'checked' | 'breaker' | 'startsByTag'> {
  return {
    desiredCount: draws.weighted([
      [1, 0],
      [4, 1],
      [4, 2],
      [2, 4],
    ]),
    checked: draws.likely(0.5),
    breaker: draws.likely(0.35),
    startsByTag: draws.likely(0.4),
  };
}

/** How a service verifies. */
export function drawVerify(draws: Draws): VerifyPolicy {
  return {
    failures: draws.between(2, 3),
    sharePercent: 10,
    withinMs: 10 * minuteMs,
    bakeMs: draws.between(2, 5) * minuteMs,
    guard: { forMs: draws.between(20, 60) * minuteMs, withinMs: 25 * minuteMs },
    timeoutMs: draws.between(8, 15) * minuteMs,
    rollback: draws.likely(0.93),
    external: draws.likely(0.5) ? 'tell' : 'rollback',
  };
}

/** The same service with whatever else a configuration may say. */
function vary(draws: Draws, member: Member, repositories: string[]): Member {
  const { policy } = member;
  const [first] = policy.images.map(({ repository }) => repository);
  const others = repositories.filter((one) => one !== first && draws.likely(0.3));
  const images = [first ?? '', ...others].map((repository) => ({ repository, tags: drawTags(draws) }));
  const names = Object.fromEntries(images.map(({ repository }, index) => [repository, index === 0 ? 'app' : `side-${index}`]));
  const named: ImagePolicy[] = images.map((image) =>
    draws.likely(0.3) ? { ...image, containers: [names[image.repository] ?? 'app'] } : image,
  );
  const gates = drawGates(draws);
  return {
    ...member,
    policy: { ...policy, images: named, managed: draws.likely(0.94), ...(gates === undefined ? {} : { gates }) },
    containers: names,
    arm: draws.likely(0.12),
    helped: draws.likely(0.4),
  };
}

/** What another deployment of the product changes for a service. */
export function drawChange(draws: Draws, member: Member | undefined): PolicyChange {
  const images = member?.policy.images ?? [];
  const draw = draws.weighted<() => PolicyChange>([
    [3, () => ({ verify: drawVerify(draws) })],
    [2, () => ({ images: images.map((image) => ({ ...image, tags: drawTags(draws) })) })],
    [1, () => ({ mode: draws.oneOf(['deploy', 'watch'] as const) })],
    [1, () => ({ base: draws.oneOf(['service', 'family'] as const) })],
    [0.5, () => ({ managed: false })],
    [1, () => ({ gates: drawGates(draws) ?? {} })],
  ]);
  return draw();
}

/** Which tags a service takes: of each kind that there is. */
export function drawTags(draws: Draws): TagPolicy {
  return draws.weighted<TagPolicy>([
    [3, tagPolicies.latest],
    [3, tagPolicies.main],
    [1, tagPolicies.newest],
    [1.5, tagPolicies.builds],
    [2.5, structuredClone(tagPolicies.versions) as unknown as TagPolicy],
  ]);
}

/** What a candidate is asked beside what every one is. */
export function drawGates(draws: Draws): GatesPolicy | undefined {
  const scan = draws.likely(0.35);
  const age = draws.likely(0.2);
  if (!scan && !age) return undefined;
  return {
    ...(age ? { ageMs: draws.between(1, 4) * minuteMs } : {}),
    ...(scan
      ? {
          scan: {
            block: draws.oneOf(['critical', 'high'] as const),
            waitMs: draws.between(2, 4) * minuteMs,
            otherwise: draws.oneOf(['reject', 'deploy'] as const),
            allow: [],
          },
        }
      : {}),
  };
}
