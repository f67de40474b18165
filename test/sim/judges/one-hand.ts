import { holds, type MakeJudge } from './judge.ts';

/** Rule 3: whoever tells a service to run something holds it at that moment. */
export const oneHand: MakeJudge = (truth) => ({
  rule: 'one hand per service',
  watch: (seen) => {
    if (seen.kind !== 'ran') return undefined;
    const acting = seen.ran.head?.acting;
    const held = acting?.by === seen.by.id && Date.parse(acting.until) > truth.now();
    return holds(
      held,
      () => `${seen.by.id} changed ${seen.ran.service} while it was held by ${acting?.by ?? 'nobody'} until ${acting?.until ?? 'never'}`,
    );
  },
});
