import { basename } from 'node:path';
import { type Make, nameFrom, type Properties, without } from './resource-type.ts';

/** Lambda resources. */
export const functions: Record<string, Make> = {
  'AWS::Lambda::Function': async (properties, surroundings) => {
    const { call, artifact } = surroundings;
    const FunctionName = nameFrom(properties['FunctionName'], surroundings);
    const ZipFile = artifact(basename((properties['Code'] as { S3Key: string }).S3Key)).toString('base64');
    const rest = without(properties, 'ReservedConcurrentExecutions', 'Tags');
    const { FunctionArn } = await call('lambda', 'CreateFunction', { ...rest, FunctionName, Code: { ZipFile } });
    const { ReservedConcurrentExecutions } = properties;
    if (ReservedConcurrentExecutions !== undefined)
      await call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions });
    return { id: FunctionName, attributes: { Arn: String(FunctionArn) } };
  },
  'AWS::Lambda::Permission': async (properties, { generatedName, call }) => {
    await call('lambda', 'AddPermission', { StatementId: generatedName, ...properties });
    return { id: generatedName, attributes: {} };
  },
  'AWS::Lambda::EventInvokeConfig': async (properties, { generatedName, call }) => {
    await call('lambda', 'PutFunctionEventInvokeConfig', properties);
    return { id: generatedName, attributes: {} };
  },
  'AWS::Lambda::EventSourceMapping': async (properties, { call }) => {
    const { UUID } = await call('lambda', 'CreateEventSourceMapping', without(properties, 'Tags'));
    return { id: String(UUID), attributes: { Id: String(UUID) } };
  },
  'AWS::Lambda::Version': ({ FunctionName }: Properties, { region, account }) => {
    const name = String(FunctionName).split(':').at(-1);
    return { id: `arn:aws:lambda:${region}:${account}:function:${name}:1`, attributes: { Version: '1' } };
  },
};
