import { describe, expect, it } from '@jest/globals';
import { faultFloors, judgeFloors, shortfalls } from './floors.ts';

const enough = (of: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(of).map(([name, floor]) => [name, floor * 2]));
const good = { seeds: 200, struck: enough(faultFloors), decided: enough(judgeFloors) };

describe('the floors of a search', () => {
  it('are silent where each is reached', () => {
    expect(shortfalls(good)).toEqual([]);
  });

  it.each(Object.entries(faultFloors))('name the fault %s that struck too seldom', (kind, floor) => {
    expect(shortfalls({ ...good, struck: { ...good.struck, [kind]: floor * 2 - 1 } })).toEqual([expect.stringContaining(`"${kind}"`)]);
  });

  it.each(Object.entries(judgeFloors))('name the judge %s that decided too seldom', (rule, floor) => {
    expect(shortfalls({ ...good, decided: { ...good.decided, [rule]: floor * 2 - 1 } })).toEqual([expect.stringContaining(`"${rule}"`)]);
  });

  it('name a fault that is gone, and a judge that nobody gave a floor', () => {
    const { throttled: _, ...struck } = good.struck;
    expect(shortfalls({ ...good, struck, decided: { ...good.decided, 'a new rule': 9 } })).toHaveLength(2);
  });

  it('are above nothing', () => {
    for (const floor of [...Object.values(faultFloors), ...Object.values(judgeFloors)]) expect(floor).toBeGreaterThan(0);
  });

  it('say nothing of a few seeds', () => {
    expect(shortfalls({ seeds: 99, struck: {}, decided: {} })).toEqual([]);
  });
});
