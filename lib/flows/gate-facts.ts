import { contentOf, scanFacts, type ImageFactsNeeds } from './image-facts.ts';
import type { GateFacts } from '../decide/gates/gate.ts';
import type { Candidate } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { QuarantineReader } from '../ports/quarantine.ts';

export interface GateFactsNeeds extends ImageFactsNeeds {
  quarantine: QuarantineReader;
}

/** What the gates ask about an image, beside the head and the service. */
export type Asked = Pick<GateFacts, 'quarantined' | 'scan'>;

/** Asks about an image. What stands behind its digest is asked ahead: whoever needs it finds it read, and nobody waits for it here. */
export async function askAbout(
  needs: GateFactsNeeds,
  image: Pick<Candidate, 'repository' | 'digest'>,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<Asked> {
  void contentOf(needs, image, invocation);
  const scanPolicy = policy.gates?.scan;
  const [barring, scan] = await Promise.all([
    needs.quarantine.barring([image.digest]),
    scanPolicy === undefined ? undefined : scanFacts(needs, image, scanPolicy, invocation),
  ]);
  return {
    quarantined: Object.fromEntries(barring.map(({ digest, reason }) => [digest, reason])),
    ...(scan === undefined ? {} : { scan }),
  };
}
