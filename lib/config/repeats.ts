import { fault, foundText, type Fault, type Path } from './faults.ts';

/** A value of the file, and where it stands. */
export interface Place {
  path: Path;
  value: unknown;
}

/** Each text that stands a second time. */
export function repeated(places: Place[], allowed: string): Fault[] {
  const isRepeat = ({ value }: Place, index: number) =>
    typeof value === 'string' && places.findIndex((other) => other.value === value) < index;
  return places.filter(isRepeat).map(({ path, value }) => fault(path, `${foundText(value)} a second time`, allowed));
}

/** The entries of a list; none of anything else. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
