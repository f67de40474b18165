import type { Deployment } from '../../lib/domain/deployment.ts';
import { failureEntry } from '../../lib/domain/failure.ts';
import type { Head, Waiting } from '../../lib/domain/head.ts';
import type { Candidate } from '../../lib/domain/image.ts';
import type { ObservedService, Rollout } from '../../lib/domain/service.ts';
import type { TaskDefinition } from '../../lib/domain/task-definition.ts';

/** The instant of all pure decisions. */
export const now = new Date('2026-11-23T12:00:00.000Z');

/** The instant so many milliseconds before it; after it when negative. */
export const ago = (ms: number): string => new Date(now.getTime() - ms).toISOString();

/** ARN of a revision of the service's family. */
export const revision = (nth: number): string => `arn:aws:ecs:eu-west-1:123456789012:task-definition/web:${nth}`;

const reason = { code: 'started', text: 'it was started' } as const;

/** Our deployment of image b as revision 2, begun ten minutes ago. */
export function aDeployment(differing: Partial<Deployment> = {}): Deployment {
  return {
    id: 'deployment-2',
    service: 'production/web',
    origin: 'push',
    images: { 'my-web-app': { digest: 'sha256:b', tag: 'latest', pushedAt: ago(660_000) } },
    state: 'deploying',
    reason,
    createdAt: ago(600_000),
    taskDefinition: revision(2),
    previousTaskDefinition: revision(1),
    rolloutId: 'ecs-svc/2',
    startedAt: ago(600_000),
    timeline: [{ at: ago(600_000), state: 'deploying', reason }],
    ...differing,
  };
}

/** The verified deployment of image a as revision 1. */
export function aTarget(differing: Partial<Deployment> = {}): Deployment {
  return aDeployment({
    id: 'deployment-1',
    images: { 'my-web-app': { digest: 'sha256:a', tag: 'latest', pushedAt: ago(86_400_000) } },
    state: 'live',
    createdAt: ago(86_400_000),
    taskDefinition: revision(1),
    previousTaskDefinition: revision(0),
    rolloutId: 'ecs-svc/1',
    startedAt: ago(86_400_000),
    verifiedAt: ago(80_000_000),
    timeline: [{ at: ago(80_000_000), state: 'live', reason }],
    ...differing,
  });
}

/** A head in which revision 2 is being deployed, and revision 1 was verified before. */
export function aHead(differing: Partial<Head> = {}): Head {
  return {
    service: 'production/web',
    version: 7,
    enrolledAt: ago(10 * 86_400_000),
    current: aDeployment(),
    verified: [aTarget()],
    waiting: {},
    seen: {},
    barred: {},
    failures: [],
    owed: [],
    ...differing,
  };
}

/** A head without a deployment. */
export function anEmptyHead(differing: Partial<Head> = {}): Head {
  const { current: _, ...rest } = aHead({ verified: [] });
  return { ...rest, ...differing };
}

/** ECS's rollout of revision 2, in progress. */
export function aRollout(differing: Partial<Rollout> = {}): Rollout {
  return {
    id: 'ecs-svc/2',
    status: 'PRIMARY',
    taskDefinition: revision(2),
    desiredCount: 2,
    runningCount: 1,
    pendingCount: 1,
    failedTasks: 0,
    state: 'IN_PROGRESS',
    createdAt: ago(600_000),
    updatedAt: ago(30_000),
    ...differing,
  };
}

/** A service whose PRIMARY is this rollout; revision 1's is ACTIVE still. */
export function aService(rollout: Partial<Rollout> = {}, differing: Partial<ObservedService> = {}): ObservedService {
  const primary = aRollout(rollout);
  return {
    key: 'production/web',
    arn: 'arn:aws:ecs:eu-west-1:123456789012:service/production/web',
    status: 'ACTIVE',
    controller: 'ECS',
    strategy: 'ROLLING',
    desiredCount: 2,
    runningCount: 2,
    taskDefinition: primary.taskDefinition,
    rollouts: [primary, aRollout({ id: 'ecs-svc/1', status: 'ACTIVE', taskDefinition: revision(1), state: 'COMPLETED' })],
    ...differing,
  };
}

/** Image c under the tag that the service follows, pushed a minute ago. */
export function aCandidate(differing: Partial<Candidate> = {}): Candidate {
  return { repository: 'my-web-app', digest: 'sha256:c', tag: 'latest', pushedAt: ago(60_000), origin: 'push', ...differing };
}

/** A candidate that waits until five minutes from now. */
export function aWaiting(differing: Partial<Candidate> = {}, code: 'too-soon' | 'busy' = 'too-soon'): Waiting {
  const candidate = aCandidate(differing);
  const images = { [candidate.repository]: { digest: candidate.digest, tag: candidate.tag, pushedAt: candidate.pushedAt } };
  const deployment = aDeployment({
    id: `waiting-${candidate.digest}`,
    state: 'waiting',
    images,
    reason: { code, text: 'it waits' },
    timeline: [],
  });
  return { candidate, deployment, until: ago(-300_000) };
}

/** Entries of so many failures of a revision, so long ago; row 47 is a cause of the image's own. */
export function failures(times: number, differing: { nth?: number; ms?: number; row?: number; rollout?: string } = {}): string[] {
  const { nth = 2, ms = 60_000, row = 47, ...rest } = differing;
  return Array.from({ length: times }, (_, index) =>
    failureEntry({
      stoppedAt: ago(ms),
      taskId: `task-${nth}-${ms}-${row}-${rest.rollout ?? ''}${index}`,
      revision: `web:${nth}`,
      row,
      ...rest,
    }),
  );
}

/** A revision with these containers. */
export function aRevision(images: Record<string, string>, differing: Partial<TaskDefinition> = {}): TaskDefinition {
  const containers = Object.entries(images).map(([name, image]) => ({ name, image, essential: true }));
  return { arn: revision(2), family: 'web', revision: 2, active: true, containers, tags: {}, document: {}, ...differing };
}
