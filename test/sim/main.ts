import { huntAll } from './mutants/hunt.ts';
import { readOptions, usage, type SimOptions } from './options.ts';
import { readable } from './history.ts';
import { shrink } from './shrink.ts';
import { Tally } from './tally.ts';
import { runWorld } from './world.ts';

const everyMs = 5_000;

/** Runs worlds until one breaks a rule, or all asked for have run. */
async function search({ seed: first, seeds, minutes = Infinity, plain }: SimOptions): Promise<number> {
  const tally = new Tally();
  const began = performance.now();
  let told = began;
  for (let seed = first; seed < first + seeds && performance.now() - began < minutes * 60_000; seed += 1) {
    const end = await runWorld(seed, { plain });
    tally.add(end);
    if (end.broken !== undefined) return tellBreak(seed, plain, tally, performance.now() - began);
    if (performance.now() - told < everyMs) continue;
    told = performance.now();
    console.log(`seed ${seed}: ${tally.progress(told - began)}`);
  }
  console.log(tally.progress(performance.now() - began));
  console.log(tally.report());
  console.log('No rule was broken.');
  return 0;
}

async function tellBreak(seed: number, plain: boolean, tally: Tally, elapsedMs: number): Promise<number> {
  console.log(tally.progress(elapsedMs));
  console.log('A rule is broken. Looking for the shortest history that breaks it ...');
  const { end, tried, kept } = await shrink(seed, { plain });
  console.log(readable(end.trace, end.broken?.how ?? '').join('\n'));
  console.log(`\nSeed ${seed} breaks "${end.broken?.rule}": ${end.broken?.how}`);
  console.log(`Of its actions and faults these are needed (${tried} shorter histories tried): ${kept}`);
  console.log(`Replay: npm run sim -- --seed ${seed}${plain ? ' --plain' : ''}`);
  return 1;
}

async function hunting(): Promise<number> {
  const survivors = await huntAll((line) => console.log(line));
  console.log(survivors.length === 0 ? 'Every mutant was caught.' : `${survivors.length} survived: ${survivors.join('; ')}`);
  return survivors.length === 0 ? 0 : 1;
}

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = options.mutants ? await hunting() : await search(options);
}
