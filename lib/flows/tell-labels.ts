import type { LedgerNeeds } from './context.ts';
import { tell } from './tell.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import { describeDeployment } from '../notifications/describe-deployment.ts';

/**
 * That it is being deployed was owed before its images were asked: told after that, it says where they come from as well. What is owed stays as it is, so
 * that it is known as paid.
 */
export function withLabels<Needs extends Pick<LedgerNeeds, 'topic' | 'table'>>(
  needs: Needs,
  known: Deployment,
  policy: ServicePolicy,
): Needs {
  const { topic, table } = needs;
  if (known.labels === undefined) return needs;
  const isBeginning = ({ deployment, state }: { deployment?: string; state: string }) => deployment === known.id && state === 'deploying';
  return {
    ...needs,
    topic: {
      tell: (notification, mail) =>
        isBeginning(notification)
          ? tell(topic, { ...notification, facts: describeDeployment(known, { policy, table, at: notification.at }).facts })
          : topic.tell(notification, mail),
    },
  };
}
