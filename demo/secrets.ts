import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Aws } from './aws.ts';
import type { Stage } from './stack.ts';

/** What stands behind the names of secrets in the sandbox, by the member of the address that names it. */
const values: Readonly<Record<string, string>> = {
  token: 'xoxb-of-the-sandbox',
  webhook: 'https://hooks.slack.com/services/T0/B0/of-the-sandbox',
  secret: 'of-the-sandbox',
};

/** Keeps the secrets by which the configured channels are reached, as a platform engineer does before the first deployment. */
export async function keepSecrets({ ssm, secretsManager }: Aws, { channels }: Stage): Promise<void> {
  const named = channels.flatMap((address) => Object.entries(address).filter(([member]) => member in values));
  for (const [member, name] of new Map(named.map((entry) => [entry[1], entry])).values()) {
    const [, store, id = ''] = /^(ssm|secretsmanager):(.+)$/.exec(name) ?? [];
    const value = values[member] ?? '';
    if (store === 'ssm') await ssm.send(new PutParameterCommand({ Name: id, Value: value, Type: 'SecureString', Overwrite: true }));
    else if (store === 'secretsmanager') await secretsManager.send(new CreateSecretCommand({ Name: id, SecretString: value }));
  }
}
