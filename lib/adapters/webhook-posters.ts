import { createHmac } from 'node:crypto';
import type { SecretName } from '../domain/channel.ts';
import { PermanentError, RefusedError } from '../errors.ts';
import type { Poster, RenderedMessage } from '../ports/chat.ts';
import type { Secrets } from '../ports/secrets.ts';
import { assertTaken, postJson } from './post-json.ts';
import { withSecret } from './with-secret.ts';

/** An incoming webhook of Slack: the address is the secret. It has no threads. */
export function slackWebhook(secrets: Secrets, webhook: SecretName): Poster {
  return addressed(secrets, webhook, 'Slack');
}

/** A workflow of Microsoft Teams that posts what it is sent: the address is the secret. */
export function teamsWebhook(secrets: Secrets, webhook: SecretName): Poster {
  return addressed(secrets, webhook, 'Microsoft Teams');
}

/**
 * Any HTTPS address. Signed: `x-autopilot-signature: v1=<hex>` is the HMAC-SHA256, by the secret, of `<x-autopilot-timestamp>.<body>`; the time is in
 * seconds since 1970, and a receiver refuses what is older than five minutes.
 */
export function signedWebhook(
  secrets: Secrets,
  { url, secret }: { url: string; secret: SecretName },
  nowMs: () => number = Date.now,
): Poster {
  const what = `the webhook ${new URL(url).host}`;
  return {
    post: async ({ id, full }) => {
      await withSecret(secrets, secret, async (key) => {
        const [body, timestamp] = [JSON.stringify(full), String(Math.floor(nowMs() / 1000))];
        const signature = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
        const headers = {
          'x-autopilot-id': headerText(id),
          'x-autopilot-timestamp': timestamp,
          'x-autopilot-signature': `v1=${signature}`,
        };
        assertTaken(what, await postJson(what, url, body, headers));
      });
      return undefined;
    },
  };
}

function addressed(secrets: Secrets, webhook: SecretName, what: string): Poster {
  return {
    post: async (message) => {
      await withSecret(secrets, webhook, (address) => send(what, address, message));
      return undefined;
    },
  };
}

// What is refused for its form is told in the plain form: a message in plain words beats none.
async function send(what: string, address: string, { full, plain }: RenderedMessage): Promise<void> {
  try {
    assertTaken(what, await postJson(what, address, JSON.stringify(full)));
  } catch (error) {
    if (error instanceof RefusedError || !(error instanceof PermanentError) || full === plain) throw error;
    assertTaken(what, await postJson(what, address, JSON.stringify(plain)));
  }
}

// Headers take visible ASCII alone.
function headerText(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 200);
}
