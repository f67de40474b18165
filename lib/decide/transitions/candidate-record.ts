import { enter } from './transition.ts';
import { deploymentId } from '../deployment-id.ts';
import type { Deployment } from '../../domain/deployment.ts';
import type { Head } from '../../domain/head.ts';
import { candidateName, type Candidate } from '../../domain/image.ts';
import { toInstant, type Instant } from '../../domain/instant.ts';
import type { Reason } from '../../domain/reason.ts';

/** The record of a candidate that is to deploy: its id derives from service, digest and the claim that it begins with. */
export function newDeployment(head: Head, candidate: Candidate, now: Date): Deployment {
  return record(head, candidate, deploymentId(now, head.service, candidate.repository, candidate.digest, head.version), toInstant(now));
}

/** The record of a candidate that never deploys: one a service and digest, however often it is asked. */
export function rejectedRecord(head: Head, candidate: Candidate): Deployment {
  return record(head, candidate, rejectedId(head, candidate), candidate.pushedAt);
}

/** Id of the one record that a rejected candidate has on a service. */
export function rejectedId(head: Head, candidate: Candidate): string {
  return deploymentId(new Date(candidate.pushedAt), head.service, candidate.repository, candidate.digest);
}

/** A deployment that a newer candidate took the place of, before it was verified. */
export function supersede(deployment: Deployment, by: Candidate, now: Date): Deployment {
  return enter(
    deployment,
    'superseded',
    { code: 'newer-candidate', text: `${candidateName(by)} took its place before it was verified` },
    now,
  );
}

function record(head: Head, candidate: Candidate, id: string, createdAt: Instant): Deployment {
  const { repository, digest, tag, pushedAt, origin } = candidate;
  const reason: Reason = { code: 'new-image', text: `${candidateName(candidate)} is new for the service` };
  return {
    id,
    service: head.service,
    origin,
    images: { [repository]: { digest, ...(tag === '' ? {} : { tag }), pushedAt } },
    state: 'waiting',
    reason,
    createdAt,
    pushedAt,
    timeline: [],
  };
}
