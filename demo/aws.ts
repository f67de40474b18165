import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';

/** The clients of a person outside the product, pointed at the sandbox. */
export interface Aws {
  dynamo: DynamoDBClient;
  ecr: ECRClient;
  ecs: ECSClient;
  lambda: LambdaClient;
  secretsManager: SecretsManagerClient;
  sns: SNSClient;
  sqs: SQSClient;
  ssm: SSMClient;
}

/** Ordinary SDK clients; only the endpoint tells the sandbox from AWS. */
export function awsAt(endpoint: string): Aws {
  const settings = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'story', secretAccessKey: 'story' } };
  return {
    dynamo: new DynamoDBClient(settings),
    ecr: new ECRClient(settings),
    ecs: new ECSClient(settings),
    lambda: new LambdaClient(settings),
    secretsManager: new SecretsManagerClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
    ssm: new SSMClient(settings),
  };
}
