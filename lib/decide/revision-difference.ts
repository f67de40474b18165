import { masked } from '../domain/mask.ts';

/** The settings of a revision: what they are, and a value or a fingerprint by which two can be told apart. Values of the environment never stand here. */
export type RevisionSettings = Record<string, string>;

const differencesMost = 12;

/** How one revision differs from another, a line a setting; values only where they are no secret (`cpu`, `memory`), secrets in them hidden (`command`). */
export function revisionDifference(failed: RevisionSettings, restored: RevisionSettings): string[] {
  const names = [...new Set([...Object.keys(failed), ...Object.keys(restored)])].toSorted();
  const lines = names.flatMap((name) => lineOf(name, restored[name], failed[name]));
  return lines.length <= differencesMost ? lines : [...lines.slice(0, differencesMost), `… ${lines.length - differencesMost} more`];
}

function lineOf(name: string, before: string | undefined, now: string | undefined): string[] {
  if (before === now) return [];
  if (before === undefined) return [`${name}: new`];
  if (now === undefined) return [`${name}: gone`];
  const [was, is] = [shown(before), shown(now)];
  return [was === undefined || is === undefined || was === is ? `${name}: changed` : `${name}: ${was} → ${is}`];
}

// A fingerprint begins with `#`. Hidden while each argument has its line: in a list's notation, `"--password","x"`, nothing looks like a secret.
function shown(value: string): string | undefined {
  const text = masked(value).replaceAll(/\s+/g, ' ');
  return value.startsWith('#') || text.length > 120 ? undefined : text;
}
