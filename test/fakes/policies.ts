import type { Configuration, ServicePolicy } from '../../lib/domain/policy.ts';

const minuteMs = 60_000;

/** A policy as the configuration would compile it: one repository, one tag, a bake of five minutes. */
export function aPolicy(differing: Partial<ServicePolicy> = {}): ServicePolicy {
  const service = differing.service ?? 'production/web';
  const [cluster = '', name = ''] = service.split('/');
  return {
    service,
    cluster,
    name,
    images: [{ repository: 'my-web-app', tags: { kind: 'tag', tag: 'latest' } }],
    base: 'service',
    verify: {
      failures: 3,
      sharePercent: 10,
      withinMs: 10 * minuteMs,
      bakeMs: 5 * minuteMs,
      guard: { forMs: 24 * 60 * minuteMs, withinMs: 120 * minuteMs },
      timeoutMs: 30 * minuteMs,
      rollback: true,
      external: 'tell',
    },
    mode: 'deploy',
    managed: true,
    historyMs: 90 * 24 * 60 * minuteMs,
    hash: 'policy-1',
    ...differing,
  };
}

/** A policy that takes the newest push of `main-*`. */
export function aGlobPolicy(differing: Partial<ServicePolicy> = {}): ServicePolicy {
  return aPolicy({ images: [{ repository: 'my-web-app', tags: { kind: 'glob', glob: 'main-*', pattern: '^main-[^/]*$' } }], ...differing });
}

/** A configuration of these policies. */
export function aConfiguration(policies: ServicePolicy[] = [aPolicy()], hash = 'configuration-1'): Configuration {
  return { hash, services: Object.fromEntries(policies.map((policy) => [policy.service, policy])), reconcile: { perMinute: 10 } };
}
