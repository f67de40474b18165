/** The word most like the one given, if one is near enough to be what was meant. The first of equals wins. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const farthest = Math.max(1, Math.floor(word.length / 3)); // One slip in three letters still reads as a typo.
  const ranked = words.map((candidate) => ({ candidate, steps: editSteps(word.toLowerCase(), candidate.toLowerCase()) }));
  const best = ranked.reduce((a, b) => (b.steps < a.steps ? b : a), { candidate: '', steps: Infinity });
  return best.steps <= farthest ? best.candidate : undefined;
}

/** Letters to insert, remove, replace or swap with their neighbour on the way from one word to another. */
function editSteps(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, isSwap ? at(i - 2, j - 2) + 1 : Infinity));
    }
  }
  return at(from.length, to.length);
}
