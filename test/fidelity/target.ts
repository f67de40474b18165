import * as autoScaling from '@aws-sdk/client-application-auto-scaling';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ecr from '@aws-sdk/client-ecr';
import * as ecs from '@aws-sdk/client-ecs';
import * as events from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';

/** An implementation of AWS, as the cases call it. */
export interface Target {
  name: string;
  /** A subnet that tasks may be in. */
  subnet: string;
  call: (service: string, operation: string, input: object) => Promise<Record<string, unknown>>;
  passSeconds: (seconds: number) => Promise<void>;
  close: () => void;
}

interface Client {
  send: (command: unknown) => Promise<Record<string, unknown>>;
  destroy: () => void;
}
type Constructor = new (input: object) => object;

const packages: Record<string, [client: string, exports: object]> = {
  'application-autoscaling': ['ApplicationAutoScalingClient', autoScaling],
  cloudformation: ['CloudFormationClient', cloudformation],
  dynamodb: ['DynamoDBClient', dynamodb],
  ecr: ['ECRClient', ecr],
  ecs: ['ECSClient', ecs],
  events: ['EventBridgeClient', events],
  lambda: ['LambdaClient', lambda],
  logs: ['CloudWatchLogsClient', logs],
  scheduler: ['SchedulerClient', scheduler],
  secretsmanager: ['SecretsManagerClient', secretsManager],
  sns: ['SNSClient', sns],
  sqs: ['SQSClient', sqs],
  ssm: ['SSMClient', ssm],
  sts: ['STSClient', sts],
};

/** An endpoint that speaks AWS's protocols. Time passes only where the endpoint has a clock that can be moved. */
export function targetAt(
  endpoint: string,
  { name, subnet, passSeconds = async () => undefined }: Pick<Target, 'name' | 'subnet'> & Partial<Pick<Target, 'passSeconds'>>,
): Target {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = { endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 };
  const clients = new Map<string, Client>();
  return {
    name,
    subnet,
    passSeconds,
    call: async (service, operation, input) => {
      const client = clients.get(service) ?? (made(service, '', settings) as Client);
      clients.set(service, client);
      const answer = await client.send(made(service, operation, input));
      if (service === 'dynamodb' && operation === 'CreateTable') await untilActive(client, input);
      return answer;
    },
    close: () => clients.forEach((client) => client.destroy()),
  };
}

/** A table takes a moment until it can be used; how long, no case is about. */
async function untilActive(client: Client, { TableName }: { TableName?: string }): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { Table } = await client.send(new dynamodb.DescribeTableCommand({ TableName }));
    if ((Table as { TableStatus?: string }).TableStatus === 'ACTIVE') return;
  }
}

/** The client of a service, or one of its commands. */
function made(service: string, operation: string, input: object): object {
  const [client, exported] = packages[service] ?? ['', {}];
  const name = operation === '' ? client : `${operation}Command`;
  const Made = (exported as Record<string, Constructor | undefined>)[name];
  if (Made === undefined) throw new Error(`${service} has no ${name}`);
  return new Made(input);
}
