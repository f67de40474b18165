import * as autoScaling from '@aws-sdk/client-application-auto-scaling';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ecr from '@aws-sdk/client-ecr';
import * as ecs from '@aws-sdk/client-ecs';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { queryForm } from './query-form.ts';
import { operationOf, type OperationShape, type Shape, shapeOf } from './schema.ts';
import type { ServiceModel } from './service-model.ts';

type Settings = Omit<ServiceModel, 'operations' | 'errors' | 'queryForm'>;

const table: [client: object, settings: Settings][] = [
  [
    ecs,
    {
      name: 'ecs',
      protocol: 'awsJson1.1',
      targetPrefix: 'AmazonEC2ContainerServiceV20141113',
      version: '2014-11-13',
      invalid: 'InvalidParameterException',
    },
  ],
  [
    ecr,
    {
      name: 'ecr',
      protocol: 'awsJson1.1',
      targetPrefix: 'AmazonEC2ContainerRegistry_V20150921',
      version: '2015-09-21',
      invalid: 'InvalidParameterException',
    },
  ],
  [
    eventbridge,
    { name: 'events', protocol: 'awsJson1.1', targetPrefix: 'AWSEvents', version: '2015-10-07', invalid: 'ValidationException' },
  ],
  [ssm, { name: 'ssm', protocol: 'awsJson1.1', targetPrefix: 'AmazonSSM', version: '2014-11-06', invalid: 'ValidationException' }],
  [
    secretsManager,
    {
      name: 'secretsmanager',
      protocol: 'awsJson1.1',
      targetPrefix: 'secretsmanager',
      version: '2017-10-17',
      invalid: 'ValidationException',
    },
  ],
  [
    logs,
    { name: 'logs', protocol: 'awsJson1.1', targetPrefix: 'Logs_20140328', version: '2014-03-28', invalid: 'InvalidParameterException' },
  ],
  [
    autoScaling,
    {
      name: 'application-autoscaling',
      protocol: 'awsJson1.1',
      targetPrefix: 'AnyScaleFrontendService',
      version: '2016-02-06',
      invalid: 'ValidationException',
    },
  ],
  [
    sqs,
    {
      name: 'sqs',
      protocol: 'awsJson1.0',
      targetPrefix: 'AmazonSQS',
      version: '2012-11-05',
      queryCompatible: true,
      invalid: 'MissingParameter',
    },
  ],
  [
    sns,
    {
      name: 'sns',
      protocol: 'query',
      version: '2010-03-31',
      xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
      invalid: 'InvalidParameterException',
    },
  ],
  [
    sts,
    {
      name: 'sts',
      protocol: 'query',
      version: '2011-06-15',
      xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      invalid: 'ValidationError',
    },
  ],
  [
    cloudformation,
    {
      name: 'cloudformation',
      protocol: 'query',
      version: '2010-05-15',
      xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
      invalid: 'ValidationError',
    },
  ],
  [lambda, { name: 'lambda', protocol: 'restJson', version: '2015-03-31', invalid: 'ValidationException' }],
  [scheduler, { name: 'scheduler', protocol: 'restJson', version: '2021-06-30', invalid: 'ValidationException' }],
];

/** Every service whose protocol the sandbox speaks, by the name that stands in a signature. DynamoDB is an engine of its own. */
export const models: ReadonlyMap<string, ServiceModel> = new Map(
  table.map(([client, settings]) => [settings.name, modelOf(client, settings)]),
);

function modelOf(client: object, settings: Settings): ServiceModel {
  const operations = new Map<string, OperationShape>();
  const errors = new Map<string, Shape>();
  for (const schema of Object.values(client) as unknown[]) {
    const operation = operationOf(schema);
    if (operation) operations.set(operation.name, operation);
    else if (Array.isArray(schema) && schema[0] === -3) errors.set(schema[2] as string, shapeOf(schema));
  }
  const model: ServiceModel = { ...settings, operations, errors };
  return settings.queryCompatible === true ? { ...model, queryForm: queryForm(model) } : model;
}
