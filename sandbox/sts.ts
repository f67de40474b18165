import type { Functions } from './lambda/functions.ts';
import type { AwsService } from './service.ts';

/** AWS STS: whose credentials these are. A function's are those of its role, any others a person's. */
export function createSts(account: string, functions: Functions): AwsService {
  return {
    operations: {
      GetCallerIdentity: (_: object, { accessKeyId }) => {
        const lambda = functions.ofAccessKey(accessKeyId);
        const role = lambda?.role.split('/').at(-1);
        if (!lambda) return { Account: account, UserId: 'AIDASANDBOXUSER00000', Arn: `arn:aws:iam::${account}:user/sandbox` };
        return {
          Account: account,
          UserId: `AROASANDBOXROLE00000:${lambda.name}`,
          Arn: `arn:aws:sts::${account}:assumed-role/${role}/${lambda.name}`,
        };
      },
    },
  };
}
