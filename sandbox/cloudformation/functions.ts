import { basename } from 'node:path';
import type { Make, Properties } from './resource-type.ts';

/** Lambda resources. */
export const functions: Record<string, Make> = {
  'AWS::Lambda::Function': async (
    { Code, FunctionName, ReservedConcurrentExecutions, Tags: _, ...rest },
    { generatedName, call, artifact },
  ) => {
    const name = String(FunctionName ?? generatedName);
    const ZipFile = artifact(basename(String((Code as Properties)['S3Key']))).toString('base64');
    const { FunctionArn } = await call('lambda', 'CreateFunction', { FunctionName: name, Code: { ZipFile }, ...rest });
    if (ReservedConcurrentExecutions !== undefined)
      await call('lambda', 'PutFunctionConcurrency', { FunctionName: name, ReservedConcurrentExecutions });
    return { id: name, attributes: { Arn: String(FunctionArn) } };
  },
  'AWS::Lambda::Permission': async ({ FunctionName, ...rest }, { generatedName, call }) => {
    await call('lambda', 'AddPermission', { FunctionName, StatementId: generatedName, ...rest });
    return { id: generatedName, attributes: {} };
  },
  'AWS::Lambda::EventInvokeConfig': async (properties, { generatedName, call }) => {
    await call('lambda', 'PutFunctionEventInvokeConfig', properties);
    return { id: generatedName, attributes: {} };
  },
  'AWS::Lambda::EventSourceMapping': async ({ Tags: _, ...properties }, { call }) => {
    const { UUID } = await call('lambda', 'CreateEventSourceMapping', properties);
    return { id: String(UUID), attributes: { Id: String(UUID) } };
  },
  'AWS::Lambda::Version': ({ FunctionName }, { region, account }) => {
    const name = String(FunctionName).split(':').at(-1);
    return { id: `arn:aws:lambda:${region}:${account}:function:${name}:1`, attributes: { Version: '1' } };
  },
};
