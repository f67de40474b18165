import { deployByHand } from './obey-deploy.ts';
import { orderLevel } from './obey-off-peak.ts';
import { cancelWaitingByHand, holdByHand, resumeByHand } from './obey-plain.ts';
import { rollBackByHand } from './obey-rollback.ts';
import type { Attempt, Ordered } from './ordered.ts';
import type { ReleaseNeeds } from './release-waiting.ts';
import type { RollBackNeeds } from './roll-back.ts';
import type { ServiceCommand } from '../domain/command.ts';

export type ObeyNeeds = ReleaseNeeds & RollBackNeeds;

/** Carries out a command for one service as its head is now. */
export async function obeyOnce(needs: ObeyNeeds, found: Ordered, command: ServiceCommand): Promise<Attempt> {
  switch (command.verb) {
    case 'rollback':
      return rollBackByHand(needs, found, command);
    case 'deploy':
      return deployByHand(needs, found, command);
    case 'hold':
      return holdByHand(needs, found, command);
    case 'resume':
      return resumeByHand(needs, found, command);
    case 'cancel':
      return cancelWaitingByHand(needs, found, command);
    case 'wake':
    case 'sleep':
      return orderLevel(needs, found, command);
    default:
      return command satisfies never;
  }
}
