import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The clients of a person outside the product, pointed at the sandbox. */
export interface Aws {
  dynamo: DynamoDBClient;
  ecr: ECRClient;
  ecs: ECSClient;
  lambda: LambdaClient;
  sns: SNSClient;
  sqs: SQSClient;
}

/** Ordinary SDK clients; only the endpoint tells the sandbox from AWS. */
export function awsAt(endpoint: string): Aws {
  const settings = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'story', secretAccessKey: 'story' } };
  return {
    dynamo: new DynamoDBClient(settings),
    ecr: new ECRClient(settings),
    ecs: new ECSClient(settings),
    lambda: new LambdaClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
  };
}
