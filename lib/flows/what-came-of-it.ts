import type { CommandResult } from '../domain/command-answer.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { DeploymentLog } from '../ports/deployment-log.ts';
import type { Heads } from '../ports/heads.ts';

/** The result of a command, or that it came to nothing: AWS refused the act after the claim was written. */
export async function whatCameOfIt(
  { heads, log }: { heads: Heads; log: DeploymentLog },
  service: ServiceKey,
  { outcome, reason, deployment, next }: CommandResult,
): Promise<CommandResult> {
  const result = { outcome, reason, ...(deployment === undefined ? {} : { deployment }), ...(next === undefined ? {} : { next }) };
  if (deployment === undefined || outcome !== 'done') return result;
  const head = await heads.read(service);
  const latest = head?.current?.id === deployment ? head.current : await log.find(service, deployment);
  const isEnded = latest?.state === 'failed' || latest?.state === 'rejected';
  return isEnded ? { outcome: 'refused', reason: latest.reason, deployment } : result;
}
