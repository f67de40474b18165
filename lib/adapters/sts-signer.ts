import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { commandHeader, type CallerProof } from '../domain/caller-proof.ts';
import type { CallerProofSigner } from '../ports/command-function.ts';

/** The parts of a request that a middleware sees. */
interface Signed {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  method: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** Signs by the SDK's own machinery, with whatever credentials it finds; the request is kept and never sent. */
export function stsSigner(client: STSClient): CallerProofSigner {
  return {
    sign: async (hash) => {
      let kept: Signed | undefined;
      const question = new GetCallerIdentityCommand({});
      question.middlewareStack.add(
        (next) => async (args) => {
          Object.assign((args.request as Signed).headers, { [commandHeader]: hash });
          return next(args);
        },
        { step: 'build', name: 'bindToCommand' },
      );
      question.middlewareStack.add(
        () => async (args) => {
          kept = args.request as Signed;
          return { output: { $metadata: {} }, response: {} };
        },
        { step: 'deserialize', priority: 'high', name: 'keepUnsent' },
      );
      await client.send(question);
      if (kept === undefined) throw new Error('the SDK signed no question to STS');
      return proofOf(kept);
    },
  };
}

function proofOf({ protocol, hostname, port, path, method, headers, body }: Signed): CallerProof {
  const url = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`;
  return { method, url, headers: { ...headers }, body: String(body) };
}
