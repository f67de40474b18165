import { attemptsMax, type LedgerNeeds } from './context.ts';
import { scanFacts } from './image-facts.ts';
import { commit } from './ledger.ts';
import { tellExposed, type TellExposedNeeds } from './tell-exposed.ts';
import { scanGate } from '../decide/gates/scan.ts';
import { isToldRepository } from '../decide/told-repository.ts';
import { hurryWaiting } from '../decide/transitions/hurry.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate, RepositoryName } from '../domain/image.ts';
import type { Configuration, ScanPolicy, ServicePolicy } from '../domain/policy.ts';
import type { ScanTold } from '../domain/scan-told.ts';
import { TransientError } from '../errors.ts';
import type { Invocation } from '../ports/invocation.ts';

export interface ApplyScanNeeds extends LedgerNeeds, TellExposedNeeds {
  configuration: Configuration;
}

/** Looks again, since a scan was told of: what need not wait for it any more is due at once, and the tick releases or rejects it; findings on what runs are told. */
export async function applyScan(told: ScanTold, needs: ApplyScanNeeds, invocation: Invocation): Promise<void> {
  const { repository, digest } = told;
  const waiting = scannedOf(needs.configuration, told);
  if (waiting.length === 0) return invocation.log('skipped', { repository, digest, why: 'no service asks for its scan' });
  const exposed = waiting.map(({ policy, scan, repository: named }) => ({ service: policy.service, scan, repository: named }));
  const results = await Promise.allSettled([
    ...(told.about === 'scan' ? waiting.map((one) => hurry(needs, one, invocation)) : []),
    tellExposed(needs, digest, exposed, invocation),
  ]);
  const failed = results.filter((result) => result.status === 'rejected');
  for (const { reason } of failed) invocation.log('failed for a service', { repository, digest, error: String(reason) });
  if (failed.length > 0) throw failed[0]?.reason;
}

interface Scanned {
  policy: ServicePolicy;
  scan: ScanPolicy;
  repository: RepositoryName;
}

function scannedOf({ services }: Configuration, told: ScanTold): Scanned[] {
  return Object.values(services).flatMap((policy) => {
    const scan = policy.gates?.scan;
    if (scan === undefined || !policy.managed) return [];
    const images = policy.images.filter(({ repository }) => isToldRepository(told, repository));
    return images.map(({ repository }) => ({ policy, scan, repository }));
  });
}

// Whichever image was told of, all that waits for a scan is looked at: of an index the scans of its platforms are told.
async function hurry(needs: ApplyScanNeeds, { policy, scan, repository }: Scanned, invocation: Invocation): Promise<void> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const head = await needs.heads.read(policy.service);
    const pending = head === undefined ? [] : pendingOf(head, repository);
    const ready = await Promise.all(pending.map((candidate) => isDecided(needs, candidate, policy, scan, invocation)));
    const digests = pending.filter((_, index) => ready[index]).map((candidate) => candidate.digest);
    invocation.log('scan', { service: policy.service, repository, waiting: pending.length, due: digests });
    if (head === undefined || digests.length === 0) return;
    const written = await commit(needs, head, hurryWaiting(head, repository, digests, invocation.now), policy, invocation);
    if (written !== undefined) return;
  }
  throw new TransientError(`the head of ${policy.service} was changed by others ${attemptsMax} times in a row`);
}

function pendingOf(head: Head, repository: RepositoryName): Candidate[] {
  const places = head.waiting[repository] ?? [];
  return places.filter(({ deployment }) => deployment.reason.code === 'scan-pending').map(({ candidate }) => candidate);
}

async function isDecided(
  needs: ApplyScanNeeds,
  candidate: Candidate,
  policy: ServicePolicy,
  scanPolicy: ScanPolicy,
  invocation: Invocation,
): Promise<boolean> {
  const scan = await scanFacts(needs, candidate, scanPolicy, invocation);
  return scanGate({ candidate, scan }, policy, invocation.now).answer !== 'wait';
}
