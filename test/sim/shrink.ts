import type { FaultKind } from './faults.ts';
import { runWorld, type WorldEnd, type WorldOptions } from './world.ts';

type Left = Required<Pick<WorldOptions, 'plain' | 'nights' | 'off' | 'spared' | 'without'>>;

export interface Shrunk {
  end: WorldEnd;
  /** How many shorter histories were tried. */
  tried: number;
  /** What could not be left out. */
  kept: string;
}

const triesMax = 400;

/** Leaves out kinds of faults, actions and single faults for as long as the same rule still breaks; answers the shortest history found, traced. */
export async function shrink(
  seed: number,
  { plain = false, nights = false }: Pick<WorldOptions, 'plain' | 'nights'> = {},
): Promise<Shrunk> {
  const whole = await runWorld(seed, { plain, nights });
  const rule = whole.broken?.rule;
  let left: Left = { plain, nights, off: [], spared: [], without: [] };
  let tried = 0;
  const attempt = async (next: Left): Promise<boolean> => {
    if (tried >= triesMax) return false;
    tried += 1;
    if ((await runWorld(seed, next)).broken?.rule !== rule) return false;
    left = next;
    return true;
  };
  for (const kind of Object.keys(whole.struck) as FaultKind[])
    if (whole.struck[kind] > 0) await attempt({ ...left, off: [...left.off, kind] });
  await dropEach(whole.actions.length, (indexes) => attempt({ ...left, without: [...left.without, ...indexes] }));
  const { faults } = await runWorld(seed, left);
  await dropEach(faults, (indexes) => attempt({ ...left, spared: [...left.spared, ...indexes.map((index) => index + 1)] }));
  const end = await runWorld(seed, { ...left, trace: true });
  const actions = end.actions.filter(({ atMs }) => atMs < Infinity).map(({ action }) => JSON.stringify(action));
  const kinds = Object.entries(end.struck).flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : []));
  return { end, tried, kept: [...actions, ...kinds].join('; ') };
}

/** Tries to drop halves, quarters and so on down to single ones. */
async function dropEach(count: number, drop: (indexes: number[]) => Promise<boolean>): Promise<void> {
  let rest = Array.from({ length: count }, (_, index) => index);
  for (let size = Math.ceil(count / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < rest.length;) {
      const part = rest.slice(from, from + size);
      if (await drop(part)) rest = rest.filter((index) => !part.includes(index));
      else from += size;
    }
  }
}
