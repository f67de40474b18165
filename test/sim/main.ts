import { shortfalls } from './floors.ts';
import { huntAll, rememberAll } from './mutants/hunt.ts';
import { hasHardships, hasNights, readOptions, usage, type SimOptions } from './options.ts';
import { readable } from './history.ts';
import { shrink } from './shrink.ts';
import { Tally } from './tally.ts';
import { runWorld } from './world.ts';

const everyMs = 5_000;

/** Runs worlds until one breaks a rule, or all asked for have run. */
async function search(options: SimOptions): Promise<number> {
  const { seed: first, seeds, minutes = Infinity, plain } = options;
  const tally = new Tally();
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // The faults of a search are a million errors, and nobody reads where they arose.
  const began = performance.now();
  const progress = (): string => tally.progress(performance.now() - began, cpuMs());
  let told = began;
  for (let seed = first; seed < first + seeds && performance.now() - began < minutes * 60_000; seed += 1) {
    const kind = { plain, nights: hasNights(options, seed), hardships: hasHardships(options) };
    const end = await runWorld(seed, kind);
    tally.add(end);
    if (end.broken !== undefined) {
      Error.stackTraceLimit = stackTraceLimit;
      return tellBreak(seed, kind, progress());
    }
    if (performance.now() - told < everyMs) continue;
    told = performance.now();
    console.log(`seed ${seed}: ${progress()}`);
  }
  console.log(progress());
  console.log(tally.report());
  const low = shortfalls(tally, plain, options.hardships);
  for (const line of low) console.log(line);
  console.log(
    low.length === 0 ? 'No rule was broken.' : 'No rule was broken, and that proves little: what stands above was tried too seldom.',
  );
  return low.length === 0 ? 0 : 1;
}

async function tellBreak(seed: number, kind: { plain: boolean; nights: boolean; hardships: boolean }, progress: string): Promise<number> {
  console.log(progress);
  console.log('A rule is broken. Looking for the shortest history that breaks it ...');
  const { end, tried, kept, minimal } = await shrink(seed, kind);
  console.log(readable(end.trace, end.broken?.how ?? '').join('\n'));
  console.log(`\nSeed ${seed} breaks "${end.broken?.rule}": ${end.broken?.how}`);
  const known = minimal ? 'each of these is needed' : 'these may be needed, and fewer may do';
  console.log(`Of its actions and faults ${known} (${tried} shorter histories tried): ${kept}`);
  console.log(
    `Replay: npm run sim -- --seed ${seed} ${kind.plain ? '--plain ' : ''}${kind.nights ? '--nights' : '--days'}${kind.hardships ? ' --hardships' : ''}`,
  );
  return 1;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function hunting({ remember }: SimOptions): Promise<number> {
  Error.stackTraceLimit = 0;
  if (remember) await rememberAll((line) => console.log(line));
  const survivors = await huntAll((line) => console.log(line));
  console.log(survivors.length === 0 ? 'Every mutant was caught.' : `${survivors.length} survived: ${survivors.join('; ')}`);
  return survivors.length === 0 ? 0 : 1;
}

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = options.mutants ? await hunting(options) : await search(options);
}
