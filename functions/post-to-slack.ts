import { wirePostToSlack } from '../lib/wire.ts';
import { entry } from '../lib/entry.ts';
import { parseToldMessages } from '../lib/events/told-messages.ts';
import { postToSlack } from '../lib/flows/post-to-slack.ts';

const needs = wirePostToSlack();

/** The queue on the topics: what could not be posted comes again, and nothing else with it. */
export const handler = entry(async (event, moment) => {
  const again = await postToSlack(parseToldMessages(event), needs, moment);
  return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
}, needs.budget);
