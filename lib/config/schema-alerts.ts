import * as z from 'zod';
import { choice, list, mapping, text } from './leaves.ts';
import { notificationStates } from '../domain/notification.ts';

const serviceGlob = text(
  /^[A-Za-z0-9_-]+(\*|\/\*|\/[A-Za-z0-9_-]+\*?)$|^\*$/,
  "a service, or how its name begins and then *, such as 'production/*'",
);
const secret = text(
  /^(ssm:\/[\w./-]+|secretsmanager:[\w/+=.@:-]+)(#[\w./-]+)?$/,
  'ssm:/NAME or secretsmanager:NAME, with #KEY where it is JSON, never the secret itself',
);
const address = text(
  /^https:\/\/[^\s@]{1,900}$/,
  'an https address of at most 900 characters without user or password, such as https://example.com/hooks/autopilot',
);

const slack = mapping({
  webhook: secret.optional().describe('Where the address of an incoming webhook is kept.'),
  token: secret.optional().describe('Where a bot token is kept: then each deployment has one thread. With channel.'),
  channel: text(
    /^[CG][A-Z0-9]{6,20}$|^#[\w-]{1,79}$/,
    'the id of a channel, such as C0123456789, or its name, such as #deployments',
  ).optional(),
});
const webhook = mapping({ url: address, secret: secret.describe('Where the key of the signature is kept.') });

/** Where people hear about deployments. */
export const channel = mapping({
  email: text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'a mail address').optional(),
  slack: slack.optional(),
  teams: mapping({ webhook: secret }).optional().describe('A workflow of Microsoft Teams that posts what it is sent.'),
  webhook: webhook.optional().describe('Any https address; each message is signed.'),
  amazonQ: z.literal(true, { error: 'true' }).optional().describe('A topic for Amazon Q Developer in chat applications.'),
  level: choice(['info', 'warning', 'critical']).optional().describe('The least level that this channel takes. Default: info.'),
  states: list(choice(notificationStates), "a list of states, such as ['rolled-back', 'failed']")
    .optional()
    .describe('Default: all states.'),
  services: list(serviceGlob, "a list of services, such as ['production/*']")
    .optional()
    .describe('Default: all services, and what concerns none of them.'),
});
