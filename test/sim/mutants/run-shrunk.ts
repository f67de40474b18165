import { actionsLeft, faultsLeft, shrink, type Left } from '../shrink.ts';
import { runWorld } from '../world.ts';

// Under a mutant: shrinks the history of the first seed that breaks, up to the one that is named, and tells what of it can be left out all
// the same, which is to be nothing. Any change of the product or of the world moves which seeds break, hence not one seed alone.
const last = Number(process.argv[2]);
let seed = 1;
while (seed < last && (await runWorld(seed, { plain: true })).broken === undefined) seed += 1;
const { end, left, minimal, tried } = await shrink(seed, { plain: true });
const breaks = async (next: Partial<Left>): Promise<boolean> =>
  (await runWorld(seed, { ...left, ...next })).broken?.rule === end.broken?.rule;
const needless: string[] = [];
for (const index of actionsLeft(end)) if (await breaks({ without: [...left.without, index] })) needless.push(`action ${index}`);
for (const fault of faultsLeft(end, left)) if (await breaks({ spared: [...left.spared, fault] })) needless.push(`fault ${fault}`);
const [actions, faults] = [actionsLeft(end).length, faultsLeft(end, left).length];
console.log(JSON.stringify({ rule: end.broken?.rule, minimal, needless, tried, actions, faults }));
