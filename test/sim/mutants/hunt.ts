import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allMutants } from './all.ts';
import type { Mutant } from './mutants.ts';

const root = join(import.meta.dirname, '../../..');

/** Applies a mutant to a source text; throws unless it matches exactly once. */
export function mutated(source: string, { name, find, replace }: Mutant): string {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`"${name}" matches ${parts.length - 1} times`);
  return parts.join(replace);
}

/** The source that a mutant is of. */
export function sourceOf({ file }: Mutant): Promise<string> {
  return readFile(join(root, 'lib', file), 'utf8');
}

/** Runs the fixed seeds against each mutant, in processes of their own; answers the names of those that no judge noticed. */
export async function huntAll(tell: (line: string) => void): Promise<string[]> {
  const untouched = await hunt();
  if (untouched !== undefined) throw new Error(`The fixed seeds break without any mutant: ${untouched}`);
  const survivors: string[] = [];
  const queue = [...allMutants];
  const lane = async (): Promise<void> => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const caught = await hunt(mutant);
      tell(`${caught === undefined ? 'SURVIVED' : 'caught  '}  ${mutant.name}${caught === undefined ? '' : `: ${caught}`}`);
      if (caught === undefined) survivors.push(mutant.name);
    }
  };
  await Promise.all([lane(), lane()]);
  return survivors;
}

/** The seed and rule that caught it, else undefined. Without a mutant the code is run as it is. */
async function hunt(mutant?: Mutant): Promise<string | undefined> {
  const { status, said } = await runUnder(mutant, ['run-fixed.ts', ...worldsOf(mutant)]);
  return status === 1 ? said : undefined;
}

function worldsOf(mutant: Mutant | undefined): string[] {
  if (mutant === undefined) return ['days', 'nights'];
  return mutant.nights === true ? ['nights'] : ['days'];
}

/** Runs a script of this folder, with its arguments, over a copy of the code with a defect in it. */
export async function runUnder(mutant: Mutant | undefined, script: string[]): Promise<{ status: number; said: string }> {
  const home = await mkdtemp(join(tmpdir(), 'mutant-'));
  try {
    for (const part of ['lib', 'sandbox/model', 'test/sim', 'test/calendar', 'test/fixtures/fast-check.ts', 'test/fakes', 'package.json'])
      await cp(join(root, part), join(home, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(home, 'node_modules'));
    if (mutant !== undefined) await writeFile(join(home, 'lib', mutant.file), mutated(await sourceOf(mutant), mutant));
    return await saidBy(home, script);
  } finally {
    await rm(home, { recursive: true });
  }
}

function saidBy(home: string, [script = '', ...args]: string[]): Promise<{ status: number; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(home, 'test/sim/mutants', script), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.on('error', reject);
    // A process that could not run at all ends with 1 as well, and says nothing.
    child.on('close', (status) =>
      status === 0 || (status === 1 && said !== '') ? resolve({ status, said: said.trim() }) : reject(new Error(said)),
    );
  });
}
