import type * as sdk from '@aws-sdk/client-eventbridge';
import { AwsError, type Operation } from '../service.ts';
import type { Bus } from './bus.ts';

/** Which other accounts may put events on the default bus. */
export function permissionOperations(bus: Bus, { account, region }: { account: string; region: string }) {
  const Arn = `arn:aws:events:${region}:${account}:event-bus/default`;
  return {
    PutPermission: ({ StatementId = '', Principal = '', Action = 'events:PutEvents' }: sdk.PutPermissionCommandInput) => {
      if (!/^(?:\d{12}|\*)$/.test(Principal)) throw new AwsError('ValidationException', `Principal ${Principal} is no account.`);
      bus.permissions.set(StatementId, { principal: Principal, action: Action });
    },
    RemovePermission: ({ StatementId = '', RemoveAllPermissions = false }: sdk.RemovePermissionCommandInput) => {
      if (RemoveAllPermissions) bus.permissions.clear();
      else if (!bus.permissions.delete(StatementId))
        throw new AwsError('ResourceNotFoundException', `Statement ${StatementId} does not exist on EventBus default.`);
    },
    DescribeEventBus: (): sdk.DescribeEventBusResponse => {
      const Statement = [...bus.permissions].map(([Sid, { principal, action }]) => ({
        Sid,
        Effect: 'Allow',
        Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
        Action: action,
        Resource: Arn,
      }));
      const Policy = Statement.length === 0 ? {} : { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
      return { Name: 'default', Arn, ...Policy };
    },
  } satisfies Record<string, Operation>;
}
