/** What people are to know of a copy of a revision that had to do without something (design, rule 9). */
export function lostNotes(lost: string[]): string[] {
  return lost.length === 0 ? [] : [`the copy of its revision had to do without ${lost.join(', ')}, which AWS did not take`];
}
