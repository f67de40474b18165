import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

// For the programs that tests start, the framework above all, and for the sandbox's functions: what one has compiled, the next need not.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'ecs-autopilot-compiled');

export default {
  reporters: ['default', '<rootDir>/test/e2e/grants-reporter.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testSequencer: '<rootDir>/test/fixtures/slow-first.ts',
  // Jest would leave a core free. What runs end to end waits for programs that it started half of the time: another fills that.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testTimeout: 60_000, // The first test end to end waits for the package.
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' }],
  },
  modulePathIgnorePatterns: ['<rootDir>/.esbuild', '<rootDir>/.serverless'],
};
