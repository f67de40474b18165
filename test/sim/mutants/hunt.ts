import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allMutants } from './all.ts';
import * as untouched from './fixed-runs.ts';
import type { Mutant } from './mutants.ts';
import { importUnder } from './under.ts';

/** Per mutant the names of some worlds that told it when they were last looked for. */
type CaughtBy = Record<string, string[]>;

const remembered = join(import.meta.dirname, 'caught-by.json');
/** More than one, for a change of the product moves the course of worlds. */
const rememberedMost = 3;

/** Runs the fixed worlds against each mutant, those first that told it before; answers the names of those that no judge noticed. */
export async function huntAll(tell: (line: string) => void): Promise<string[]> {
  const caughtBy = await readCaughtBy();
  const survivors: string[] = [];
  const sound = new Set<string>();
  for (const mutant of allMutants) {
    const [caught] = await hunt(mutant, caughtBy[mutant.name] ?? [], 1);
    if (caught === undefined) survivors.push(mutant.name);
    else await assertSound(caught.name, sound);
    tell(caught === undefined ? `SURVIVED  ${mutant.name}` : `caught    ${mutant.name}: ${caught.name} breaks "${caught.rule}"`);
  }
  return survivors;
}

/** Looks for the worlds that tell each mutant in the whole fixed set, and remembers the first few. */
export async function rememberAll(tell: (line: string) => void): Promise<void> {
  const caughtBy: CaughtBy = {};
  for (const mutant of allMutants) {
    const names = (await hunt(mutant, [], rememberedMost)).map(({ name }) => name);
    tell(`${mutant.name}: ${names.join(', ') || 'no world'}`);
    caughtBy[mutant.name] = names;
  }
  const lines = Object.entries(caughtBy).map(
    ([mutant, names]) => `  ${JSON.stringify(mutant)}: [${names.map((name) => `"${name}"`).join(', ')}]`,
  );
  await writeFile(remembered, `{\n${lines.join(',\n')}\n}\n`);
}

async function hunt(mutant: Mutant, first: string[], most: number): Promise<{ name: string; rule: string }[]> {
  const { days, nights } = (await importUnder(mutant.name, './fixed-runs.ts')) as typeof untouched;
  const runs = mutant.nights === true ? nights : days;
  const caught: { name: string; rule: string }[] = [];
  for (const { name, run } of runs.toSorted((a, b) => Number(first.includes(b.name)) - Number(first.includes(a.name)))) {
    const { broken } = await run();
    if (broken !== undefined) caught.push({ name, rule: broken.rule });
    if (caught.length === most) break;
  }
  return caught;
}

// A world that breaks by itself catches nothing.
async function assertSound(name: string, sound: Set<string>): Promise<void> {
  if (sound.has(name)) return;
  const world = [...untouched.days, ...untouched.nights].find((one) => one.name === name);
  const broken = (await world?.run())?.broken;
  if (broken !== undefined) throw new Error(`World ${name} breaks without any mutant: ${broken.rule}`);
  sound.add(name);
}

async function readCaughtBy(): Promise<CaughtBy> {
  return JSON.parse(await readFile(remembered, 'utf8')) as CaughtBy;
}
