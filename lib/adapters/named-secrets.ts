import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { RefusedError } from '../errors.ts';
import type { Secrets } from '../ports/secrets.ts';
import { calling } from './aws-errors.ts';

const keptMs = 5 * 60_000;

/** Secrets in Parameter Store (`ssm:/NAME`) and Secrets Manager (`secretsmanager:NAME`), kept for five minutes. `nowMs` is the clock that ages them. */
export function namedSecrets(ssm: SSMClient, manager: SecretsManagerClient, nowMs: () => number = Date.now): Secrets {
  const kept = new Map<string, { value: string; untilMs: number }>();
  return {
    read: async (name, fresh = false) => {
      const known = kept.get(name);
      if (!fresh && known !== undefined && known.untilMs > nowMs()) return known.value;
      const value = await calling(`read the secret ${name}`, () => readSecret(name, ssm, manager));
      if (value === undefined || value.trim() === '') throw new RefusedError(`the secret ${name} is empty`, 'EmptySecret');
      kept.set(name, { value: value.trim(), untilMs: nowMs() + keptMs });
      return value.trim();
    },
  };
}

async function readSecret(name: string, ssm: SSMClient, manager: SecretsManagerClient): Promise<string | undefined> {
  const [, store, id = ''] = /^(ssm|secretsmanager):(.+)$/s.exec(name) ?? [];
  if (store === 'ssm') return (await ssm.send(new GetParameterCommand({ Name: id, WithDecryption: true }))).Parameter?.Value;
  if (store === 'secretsmanager') return (await manager.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  throw new RefusedError(`the secret ${name} is in no store that is known: ssm:/NAME or secretsmanager:NAME`, 'UnknownStore');
}
