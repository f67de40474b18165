import type { BuildOptions, Plugin } from 'esbuild';

/**
 * Bundles each function's own code into one module before the packages that it imports join it. esbuild gives the shortest names to what is
 * used most, and counts each import and export between modules as a use: with ours in one, the names in the packages stay as short and as
 * regular as in a bundle of theirs alone, which gzip rewards (docs/performance.md).
 */
export const oneModule: Plugin = {
  name: 'one-module',
  setup(building) {
    const { esbuild, initialOptions } = building;
    const own: BuildOptions = { ...initialOptions, plugins: [], format: 'esm', packages: 'external', minify: false, minifySyntax: true };
    initialOptions.define = {}; // Filled in by then. Left there, esbuild hands it to each module of the packages too.
    building.onLoad({ filter: /[\\/]functions[\\/][\w-]+\.ts$/ }, async ({ path }) => {
      const { outputFiles, warnings } = await esbuild.build({ ...own, entryPoints: [path], write: false });
      return { contents: outputFiles[0]?.text ?? '', loader: 'js', warnings };
    });
  },
};
