import { globSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf, recordVariable, unusedOf } from '../fixtures/grants-record.ts';
import { unusedGrants } from './unused-grants.ts';

interface Results {
  testResults: { testFilePath: string; numFailingTests: number; testExecError?: unknown }[];
}

const root = join(import.meta.dirname, '../..');

/** Ends a whole run with the grants that no test used. It fails the run where one of them has no reason on record, or one on record was used. */
export default class GrantsReporter {
  readonly #file = join(tmpdir(), `ecs-autopilot-grants-${process.pid}`);
  readonly #isFiltered: boolean;
  #error: Error | undefined;

  constructor({ testNamePattern }: { testNamePattern?: string }) {
    this.#isFiltered = Boolean(testNamePattern);
    process.env[recordVariable] = this.#file; // Workers are started later, and inherit it.
  }

  onRunComplete(_: unknown, results: Results): void {
    const unused = unusedOf(this.#file);
    rmSync(this.#file, { force: true });
    if (this.#isFiltered || !isWhole(results)) return;
    console.log(`\nGrants that no test used: ${unused.length === 0 ? 'none' : ''}`);
    for (const name of unused) console.log(`  ${name}: ${unusedGrants[name] ?? 'NO REASON ON RECORD'}`);
    const faults = faultsOf(unused, unusedGrants);
    if (faults.length === 0) return;
    this.#error = new Error(`test/e2e/unused-grants.ts is not up to date: ${faults.join('; ')}`);
    console.log(`  ${this.#error.message}`); // The run fails, and jest does not say why.
  }

  getLastError(): Error | undefined {
    return this.#error;
  }
}

/** Whether every test end to end ran and passed: a part of them cannot tell what is never used. */
function isWhole({ testResults }: Results): boolean {
  const passed = new Set(
    testResults.filter((one) => one.numFailingTests === 0 && !one.testExecError).map(({ testFilePath }) => testFilePath),
  );
  return globSync('test/e2e/*.test.ts', { cwd: root }).every((path) => passed.has(join(root, path)));
}
