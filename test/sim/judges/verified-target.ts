import type { Deployment } from '../../../lib/domain/deployment.ts';
import { targetRevision } from '../../../lib/domain/deployment.ts';
import { holdsUnless, type MakeJudge, type Truth } from './judge.ts';
import { blindMs, digestNamed, digestsNamed } from './running.ts';

/** Rule 6: the way back leads to the newest verified deployment that can start, by digest. */
export const verifiedTarget: MakeJudge = (truth) => {
  const verified = new Set<string>();
  return {
    rule: 'back to what was verified',
    watch: (seen) => {
      if (seen.kind !== 'head') return undefined;
      const { before, after } = seen;
      if (after.current?.state === 'live' && after.current.verifiedAt !== undefined) verified.add(after.current.id);
      const { rollback, id, service } = after.current ?? {};
      const begun = rollback !== undefined && before?.current?.rollback === undefined && after.current?.state === 'rolling-back';
      if (!begun || rollback.native === true) return undefined;
      const judged = after.current?.taskDefinition; // Back to that would change nothing, whichever record it is under.
      const options = before?.verified.filter((one) => one.id !== id && targetRevision(one) !== judged) ?? [];
      const target = options.find((one) => one.id === rollback.to);
      if (target === undefined) return { broken: `${service} goes back to ${rollback.to}, which is not among its verified` };
      const member = truth.fleet.members.get(service ?? '');
      const images = member?.policy.images ?? [];
      const named = images.map((image) => member && digestNamed(truth, member, image, rollback.taskDefinition));
      const gone = Object.values(target.images).find(({ digest }) => truth.images.goneSinceMs(digest) < seen.by.startedMs - blindMs);
      const newer = options.slice(0, options.indexOf(target)).find((one) => canStart(truth, one));
      return holdsUnless([
        !verified.has(target.id) && `${service} goes back to ${target.id}, which was never verified`,
        gone && `${service} goes back to ${target.id}, whose image ${gone.digest} is gone`,
        rollback.taskDefinition !== targetRevision(target) && `${service} goes back to another revision than its target's`,
        named.includes(undefined) && `${service} goes back to ${rollback.taskDefinition}, which names a tag`,
        images.some(({ repository }, index) => target.images[repository]?.digest !== named[index]) &&
          `${service} goes back to another image than was verified`,
        rollback.actor === undefined && newer && `${service} goes back to ${target.id}, though ${newer.id} is newer and can start`,
      ]);
    },
  };
};

function canStart(truth: Truth, deployment: Deployment): boolean {
  const revision = truth.ecs.definitions.find(targetRevision(deployment) ?? '');
  if (revision?.status !== 'ACTIVE') return false;
  return (
    digestsNamed(truth, revision.arn).length === Object.keys(deployment.images).length &&
    Object.values(deployment.images).every(({ digest }) => truth.images.isThere(digest))
  );
}
