import type * as shrinking from '../shrink.ts';
import { importUnder } from './under.ts';
import type * as worlds from '../world.ts';

// Under a mutant: shrinks the history of the first seed that breaks, up to the one that is named, and tells what of it can be left out all
// the same, which is to be nothing. Any change of the product or of the world moves which seeds break, hence not one seed alone.
const [mutant = '', most] = process.argv.slice(2);
const { runWorld } = (await importUnder(mutant, '../world.ts')) as typeof worlds;
const { actionsLeft, faultsLeft, shrink } = (await importUnder(mutant, '../shrink.ts')) as typeof shrinking;
const last = Number(most);
let seed = 1;
while (seed < last && (await runWorld(seed, { plain: true })).broken === undefined) seed += 1;
const { end, left, minimal, tried } = await shrink(seed, { plain: true });
const breaks = async (next: Partial<shrinking.Left>): Promise<boolean> =>
  (await runWorld(seed, { ...left, ...next })).broken?.rule === end.broken?.rule;
const needless: string[] = [];
for (const index of actionsLeft(end)) if (await breaks({ without: [...left.without, index] })) needless.push(`action ${index}`);
for (const fault of faultsLeft(end, left)) if (await breaks({ spared: [...left.spared, fault] })) needless.push(`fault ${fault}`);
const [actions, faults] = [actionsLeft(end).length, faultsLeft(end, left).length];
console.log(JSON.stringify({ rule: end.broken?.rule, minimal, needless, tried, actions, faults }));
