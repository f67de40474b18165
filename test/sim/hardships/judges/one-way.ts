import { isAsked } from '../../../../lib/decide/one-way.ts';
import { holdsUnless, type MakeJudge } from '../../judges/judge.ts';

/** Design, section 4: an image that says `autopilot.rollback=never` is not left by itself; people are paged. Asked is what it says when it is deployed. */
export const oneWay: MakeJudge = ({ images }) => ({
  rule: 'no way back where there is none',
  watch: (seen) => {
    if (seen.kind !== 'head') return undefined;
    const { before, after } = seen;
    const { current, service } = after;
    if (current === undefined || !isAsked(current)) return undefined; // The registry did not answer yet, and a way back cannot wait for it.
    const said = Object.values(current.images).filter(({ digest }) => images.byDigest.get(digest)?.oneWay === true);
    const condemned = current.state === 'rolling-back' || current.state === 'failed';
    if (said.length === 0 || !condemned || current.state === before?.current?.state) return undefined;
    const { rollback } = current;
    const target = before?.verified.find(({ id }) => id === rollback?.to);
    const kept = Object.values(target?.images ?? {}).map(({ digest }) => digest);
    const left = said.find(({ digest }) => !kept.includes(digest));
    const ours = current.state === 'rolling-back' && rollback?.actor === undefined && rollback?.native !== true;
    return holdsUnless([ours && left && `${service} goes back by itself from ${left.digest}, which says that there is no way back`]);
  },
});
