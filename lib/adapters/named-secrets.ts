import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { RefusedError } from '../errors.ts';
import type { Secrets } from '../ports/secrets.ts';
import { calling } from './aws-errors.ts';

const keptMs = 5 * 60_000;

/**
 * Secrets in Parameter Store (`ssm:/NAME`) and Secrets Manager (`secretsmanager:NAME`), kept for five minutes; `NAME#key` is one key of a secret that is a
 * JSON object. `nowMs` is the clock that ages them.
 */
export function namedSecrets(ssm: SSMClient, manager: SecretsManagerClient, nowMs: () => number = Date.now): Secrets {
  const kept = new Map<string, { value: string; untilMs: number }>();
  return {
    read: async (name, fresh = false) => {
      const known = kept.get(name);
      if (!fresh && known !== undefined && known.untilMs > nowMs()) return known.value;
      const value = await calling(`read the secret ${name}`, () => readSecret(name, ssm, manager));
      if (value === undefined || value.trim() === '')
        throw new RefusedError(`the secret ${name} is empty, or has no such key`, 'EmptySecret');
      kept.set(name, { value: value.trim(), untilMs: nowMs() + keptMs });
      return value.trim();
    },
  };
}

async function readSecret(name: string, ssm: SSMClient, manager: SecretsManagerClient): Promise<string | undefined> {
  const [, store, id = '', key] = /^(ssm|secretsmanager):([^#]+)(?:#(.+))?$/s.exec(name) ?? [];
  if (store === 'ssm') return part((await ssm.send(new GetParameterCommand({ Name: id, WithDecryption: true }))).Parameter?.Value, key);
  if (store === 'secretsmanager') return part((await manager.send(new GetSecretValueCommand({ SecretId: id }))).SecretString, key);
  throw new RefusedError(`the secret ${name} is in no store that is known: ssm:/NAME or secretsmanager:NAME`, 'UnknownStore');
}

// A key that is not there is as good as an empty secret. What is no JSON must not be quoted by the parser's error.
function part(secret: string | undefined, key: string | undefined): string | undefined {
  if (secret === undefined || key === undefined) return secret;
  try {
    const value: unknown = (JSON.parse(secret) as Record<string, unknown> | null)?.[key];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
