import type { LedgerNeeds } from './context.ts';
import { record } from './ledger.ts';
import { tell } from './tell.ts';
import { foldMessages, oneByOneMost } from '../decide/fold-messages.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Notification } from '../domain/notification.ts';
import type { Configuration } from '../domain/policy.ts';
import { TransientError } from '../errors.ts';
import { describeSeveral } from '../notifications/describe-several.ts';
import type { Invocation } from '../ports/invocation.ts';
import type { Topic } from '../ports/topic.ts';

type FoldNeeds = LedgerNeeds & { configuration: Configuration };

/**
 * Works on several services, and tells afterwards what they told: those of one kind as one. Until then each stands in what its head owes, so that an end at
 * any line loses none: the tick tells what is left. Few services are told of as it comes, but for what was found on installation.
 */
export async function foldTold<Needs extends FoldNeeds>(
  needs: Needs,
  services: ServiceKey[],
  invocation: Invocation,
  work: (needs: Needs) => Promise<void>,
): Promise<void> {
  const held = new Map<string, Notification>();
  const told = new Set<string>();
  const topic: Topic = {
    tell: async (notification, mail) => {
      const { id, code, service } = notification;
      const key = `${id} ${code}`;
      if (told.has(key)) return;
      if (service === undefined || (code !== 'baseline' && services.length <= oneByOneMost)) return needs.topic.tell(notification, mail);
      held.set(key, notification);
      throw new TransientError('told with others of its kind, once all were looked at');
    },
  };
  await work({ ...needs, topic });
  const parts = foldMessages([...held].map(([key, notification]) => ({ key, notification })));
  for (const part of parts) {
    const several = part.map(({ notification }) => notification);
    const [only] = several.length === 1 ? several : [describeSeveral(several)];
    if (only !== undefined && (await isTaken(needs.topic, only, invocation))) for (const { key } of part) told.add(key);
  }
  const owing = new Set([...held].flatMap(([key, { service }]) => (told.has(key) && service !== undefined ? [service] : [])));
  await Promise.all([...owing].map((service) => settle({ ...needs, topic }, service, invocation)));
}

async function isTaken(topic: Topic, notification: Notification, invocation: Invocation): Promise<boolean> {
  return tell(topic, notification).then(
    () => true,
    (error: unknown) => (invocation.log('not told', { notification: notification.id, error: String(error) }), false),
  );
}

// What could not be struck out is told once more by the next tick.
async function settle(needs: FoldNeeds, service: ServiceKey, invocation: Invocation): Promise<void> {
  const policy = needs.configuration.services[service];
  const head = await needs.heads.read(service).catch(() => undefined);
  if (policy !== undefined && head !== undefined)
    await record(needs, head, policy, invocation).catch((error: unknown) =>
      invocation.log('still owed', { service, error: String(error) }),
    );
}
