import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Caller } from '../ports/caller.ts';
import { calling } from './aws-errors.ts';

/** Asks STS, which refuses nobody whose credentials are good. */
export function stsCaller(client: STSClient): Caller {
  return {
    identity: async () => {
      const { Account = '', Arn = '' } = await calling('ask whose credentials these are', () =>
        client.send(new GetCallerIdentityCommand({})),
      );
      return { account: Account, arn: Arn };
    },
  };
}
