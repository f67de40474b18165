import type { Owed } from '../../../lib/domain/head.ts';
import { holds, type MakeJudge, type Truth } from './judge.ts';

/** Rule 4: what is owed leaves the head when it is done, and no sooner; quarantine is written before the record goes on. */
export const paid: MakeJudge = (truth) => {
  const told = new Set<string>();
  return {
    rule: 'what is owed is paid',
    watch: (seen) => {
      if (seen.kind === 'told') for (const id of seen.notification.folded ?? [seen.notification.id]) told.add(id);
      if (seen.kind !== 'head' || seen.before === undefined || seen.before.owed === seen.after.owed) return undefined;
      const { owed } = seen.after;
      const gone = seen.before.owed.filter((one) => !owed.some((other) => nameOf(other) === nameOf(one)));
      if (gone.length === 0) return undefined;
      const unpaid = gone.find((one) => !isPaid(truth, told, one) && !neverBegun(one, owed));
      return holds(
        unpaid === undefined,
        () => `${seen.after.service}: ${seen.by.id} struck out ${unpaid && nameOf(unpaid)}, which is not done`,
      );
    },
  };
};

function nameOf(owed: Owed): string {
  if (owed.kind === 'message') return owed.notification.id;
  return owed.kind === 'history' ? `history of ${owed.deployment.id}` : `quarantine of ${owed.entry.digest}`;
}

function isPaid({ table }: Truth, told: ReadonlySet<string>, owed: Owed): boolean {
  if (owed.kind === 'message') return told.has(owed.notification.id);
  if (owed.kind === 'quarantine') return table.quarantine.has(owed.entry.digest);
  const { id, service, timeline } = owed.deployment;
  return (table.deployments.get(service)?.get(id)?.deployment.timeline.length ?? 0) >= timeline.length;
}

// Of a deployment that turned out not to be able to run nobody was told, and nobody need be.
function neverBegun(owed: Owed, kept: Owed[]): boolean {
  if (owed.kind !== 'message' || owed.notification.state !== 'deploying') return false;
  return kept.some((one) => one.kind === 'message' && one.notification.id === `${owed.notification.deployment}#rejected`);
}
