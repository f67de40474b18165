import type { Deployment } from '../../lib/domain/deployment.ts';
import type { HeadFields } from '../../lib/domain/head.ts';
import type { Notification } from '../../lib/domain/notification.ts';

export const exampleDigest = `sha256:${'a'.repeat(64)}`;

/** A deployment as a flow would write it. */
export function aDeployment(differing: Partial<Deployment> = {}): Deployment {
  const reason = { code: 'started', text: 'told the service to run it' } as const;
  return {
    id: '01JD0000000000000000000001',
    service: 'production/web',
    origin: 'push',
    images: { 'my-web-app': { digest: exampleDigest, tag: 'latest' } },
    state: 'deploying',
    reason,
    createdAt: '2026-11-23T10:00:00.000Z',
    timeline: [{ at: '2026-11-23T10:00:00.000Z', state: 'deploying', reason }],
    ...differing,
  };
}

/** A head with something in each attribute that a flow fills. */
export function headFields(differing: Partial<HeadFields> = {}): HeadFields {
  return {
    enrolledAt: '2026-11-23T09:00:00.000Z',
    verified: [aDeployment({ state: 'live' })],
    waiting: {},
    seen: {},
    barred: {},
    owed: [{ kind: 'message', notification: aNotification() }],
    ...differing,
  };
}

/** A message as a flow would tell it. */
export function aNotification(differing: Partial<Notification> = {}): Notification {
  return {
    version: 1,
    id: '01JD0000000000000000000001#live',
    service: 'production/web',
    deployment: '01JD0000000000000000000001',
    state: 'live',
    level: 'info',
    at: '2026-11-23T10:10:00.000Z',
    headline: 'production/web runs latest',
    why: 'It ran for ten minutes without a failure.',
    code: 'bake-passed',
    facts: [['image', 'my-web-app:latest']],
    next: [],
    ...differing,
  };
}
