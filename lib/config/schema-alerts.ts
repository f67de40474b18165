import * as z from 'zod';
import { choice, later, list, mapping, text } from './leaves.ts';

const serviceGlob = text(
  /^[A-Za-z0-9_-]+(\*|\/\*|\/[A-Za-z0-9_-]+\*?)$|^\*$/,
  "a service, or how its name begins and then *, such as 'production/*'",
);
const secret = text(/^(ssm:\/|secretsmanager:).+$/, 'ssm:/NAME or secretsmanager:NAME, never the secret itself');

/** Where people hear about deployments. */
export const channel = mapping({
  email: text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'a mail address').optional(),
  slack: later(z.strictObject({ webhook: secret })).optional(),
  level: choice(['info', 'warning', 'critical']).optional().describe('The least level that this channel takes. Default: info.'),
  services: list(serviceGlob, "a list of services, such as ['production/*']")
    .optional()
    .describe('Default: all services, and what concerns none of them.'),
});
