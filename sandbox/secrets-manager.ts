import type * as sdk from '@aws-sdk/client-secrets-manager';
import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import { AwsError, type AwsService } from './service.ts';

export interface SecretsManagerOptions {
  clock: Clock;
  ids: Ids;
  account: string;
  region: string;
}

type Version = Pick<sdk.GetSecretValueResponse, 'SecretString' | 'SecretBinary' | 'CreatedDate'> & { VersionId: string };

interface Secret {
  name: string;
  arn: string;
  /** The current one last, the one before it ahead of it. */
  versions: Version[];
}

type Given = Pick<sdk.PutSecretValueCommandInput, 'SecretString' | 'SecretBinary' | 'ClientRequestToken'>;

/** AWS Secrets Manager: secrets by name or ARN, with the current and the previous version. */
export function createSecretsManager({ clock, ids, account, region }: SecretsManagerOptions): AwsService {
  const secrets = new Map<string, Secret>();
  const get = (nameOrArn = ''): Secret => {
    const secret = secrets.get(nameOrArn) ?? [...secrets.values()].find(({ arn }) => arn === nameOrArn || arn.slice(0, -7) === nameOrArn);
    if (!secret) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  };
  const add = (secret: Secret, { SecretString, SecretBinary, ClientRequestToken }: Given): string | undefined => {
    if (SecretString === undefined && SecretBinary === undefined) return undefined;
    const VersionId = ClientRequestToken ?? ids.uuid();
    const value = { ...(SecretString !== undefined && { SecretString }), ...(SecretBinary !== undefined && { SecretBinary }) };
    secret.versions = [...secret.versions.slice(-1), { VersionId, CreatedDate: clock.now(), ...value }];
    return VersionId;
  };
  return {
    operations: {
      CreateSecret: (input: sdk.CreateSecretCommandInput) => {
        const name = input.Name ?? '';
        if (secrets.has(name))
          throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
        const secret: Secret = { name, arn: `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${ids.hex(6)}`, versions: [] };
        secrets.set(name, secret);
        const VersionId = add(secret, input);
        return { ARN: secret.arn, Name: name, ...(VersionId !== undefined && { VersionId }) };
      },
      PutSecretValue: (input: sdk.PutSecretValueCommandInput) => {
        const secret = get(input.SecretId);
        const VersionId = add(secret, input);
        if (VersionId === undefined) throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
        return { ARN: secret.arn, Name: secret.name, VersionId, VersionStages: ['AWSCURRENT'] };
      },
      GetSecretValue: (input: sdk.GetSecretValueCommandInput) => {
        const { arn, name, versions } = get(input.SecretId);
        const staged = versions.map((version, index) => ({ version, stage: index === versions.length - 1 ? 'AWSCURRENT' : 'AWSPREVIOUS' }));
        const wanted = input.VersionStage ?? (input.VersionId === undefined ? 'AWSCURRENT' : undefined);
        const found = staged.find(
          ({ version, stage }) => stage === (wanted ?? stage) && version.VersionId === (input.VersionId ?? version.VersionId),
        );
        if (!found)
          throw new AwsError(
            'ResourceNotFoundException',
            `Secrets Manager can't find the specified secret value for ${input.VersionId === undefined ? `staging label: ${wanted}` : `VersionId: ${input.VersionId}`}`,
          );
        return { ARN: arn, Name: name, ...found.version, VersionStages: [found.stage] };
      },
    },
  };
}
