import type { LedgerNeeds } from './context.ts';
import { record } from './ledger.ts';
import { tell } from './tell.ts';
import { foldMessages, oneByOneMost } from '../decide/fold-messages.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Head } from '../domain/head.ts';
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
      const { code, service } = notification;
      const key = keyOf(notification);
      if (told.has(key)) return;
      if (service === undefined || (code !== 'baseline' && services.length <= oneByOneMost)) return needs.topic.tell(notification, mail);
      held.set(key, notification);
      throw new TransientError('told with others of its kind, once all were looked at');
    },
  };
  await work({ ...needs, topic });
  const heads = await readAll(needs, new Set([...held.values()].flatMap(({ service }) => service ?? [])));
  const waiting = [...held].filter(([key, { service = '' }]) => owes(heads.get(service), key));
  const parts = foldMessages(waiting.map(([key, notification]) => ({ key, notification })));
  for (const part of parts) {
    const several = part.map(({ notification }) => notification);
    const [only] = several.length === 1 ? several : [describeSeveral(several)];
    if (only !== undefined && (await isTaken(needs.topic, only, invocation))) for (const { key } of part) told.add(key);
  }
  const owing = new Set(waiting.flatMap(([key, { service }]) => (told.has(key) && service !== undefined ? [service] : [])));
  await Promise.all([...owing].map((service) => settle({ ...needs, topic }, service, heads.get(service), invocation)));
}

function keyOf({ id, code }: Notification): string {
  return `${id} ${code}`;
}

/** The heads as they are by now, as far as they can be read. */
async function readAll({ heads }: FoldNeeds, services: Set<ServiceKey>): Promise<Map<ServiceKey, Head | undefined>> {
  const read = [...services].map(async (service) => [service, await heads.read(service).catch(() => undefined)] as const);
  return new Map(await Promise.all(read));
}

// A tick may have told it while the others were worked on: told again among several, no channel would know it.
function owes(head: Head | undefined, key: string): boolean {
  return head === undefined || head.owed.some((one) => one.kind === 'message' && keyOf(one.notification) === key);
}

async function isTaken(topic: Topic, notification: Notification, invocation: Invocation): Promise<boolean> {
  return tell(topic, notification).then(
    () => true,
    (error: unknown) => (invocation.log('not told', { notification: notification.id, error: String(error) }), false),
  );
}

// What could not be struck out is told once more by the next tick.
async function settle(needs: FoldNeeds, service: ServiceKey, head: Head | undefined, invocation: Invocation): Promise<void> {
  const policy = needs.configuration.services[service];
  if (policy !== undefined && head !== undefined)
    await record(needs, head, policy, invocation).catch((error: unknown) =>
      invocation.log('still owed', { service, error: String(error) }),
    );
}
