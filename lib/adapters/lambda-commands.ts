import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { CommandAnswer } from '../domain/command-answer.ts';
import { MissingError, RefusedError, TransientError } from '../errors.ts';
import type { CommandFunction } from '../ports/command-function.ts';
import { calling } from './aws-errors.ts';

/** The function obey-command of the installation whose names begin with the prefix. */
export function lambdaCommands(client: LambdaClient, prefix: string): CommandFunction {
  const name = `${prefix}-obey-command`;
  return {
    send: async (payload) => {
      const call = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(payload)) });
      const { Payload = new Uint8Array(), FunctionError } = await calling(`invoke ${name}`, () => client.send(call)).catch(
        (error: unknown) => {
          throw explained(error, name);
        },
      );
      const text = Buffer.from(Payload).toString('utf8');
      if (FunctionError === undefined) return JSON.parse(text) as CommandAnswer;
      const { errorMessage = text } = JSON.parse(text) as { errorMessage?: string };
      throw new TransientError(`${name} failed: ${errorMessage}`);
    },
  };
}

function explained(error: unknown, name: string): unknown {
  if (!(error instanceof RefusedError)) return error;
  if (error.code === 'ResourceNotFoundException')
    return new MissingError('function', `There is no function ${name}: nothing is installed in this region under this stage.`, {
      cause: error,
    });
  if (error.code === 'AccessDeniedException')
    return new RefusedError(`AWS does not let you call it: you need lambda:InvokeFunction on ${name}. ${error.message}`, error.code, {
      cause: error,
    });
  return error;
}
