import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

const chain = '@aws-sdk/credential-provider-node';

/**
 * Gives the clients in a bundle the one source of credentials that Lambda has, its environment. The SDK's chain goes on to profiles, single
 * sign-on, processes, web identities and metadata of instances, with clients of their own: a quarter of a bundle that nothing there ever runs
 * (docs/decisions/0010). The command line is no bundle, and keeps the chain.
 */
export const lambdaCredentials: Plugin = {
  name: 'lambda-credentials',
  setup(building) {
    building.onResolve({ filter: new RegExp(`^${chain}$`) }, async ({ resolveDir, kind, pluginData }) => {
      if (pluginData === chain) return undefined; // Our own question, below: where the chain lies, and so what it takes credentials from.
      const { path, errors } = await building.resolve(chain, { resolveDir, kind, pluginData: chain });
      return errors.length > 0 ? { errors } : { path: chain, namespace: 'lambda-credentials', pluginData: dirname(path) };
    });
    building.onLoad({ filter: /./, namespace: 'lambda-credentials' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: String(pluginData),
    }));
  },
};
