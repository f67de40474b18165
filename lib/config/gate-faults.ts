import { isMapping } from './defaults.ts';
import { fault, foundText } from './faults.ts';
import type { Fault, Path } from './faults.ts';

/** What the schema cannot see of gates: a scan gate that, merged, does not say what it blocks, and findings that are named twice. */
export function gateFaults(service: Record<string, unknown>, defaults: Record<string, unknown>, path: Path): Fault[] {
  const [own, inherited] = [scanOf(service), scanOf(defaults)];
  if (own === undefined && inherited === undefined) return [];
  const at = own === undefined ? ['defaults', 'gates', 'scan'] : [...path, 'gates', 'scan'];
  const { block } = { ...inherited, ...own };
  const unsaid = block === undefined ? [fault([...at, 'block'], 'nothing', 'critical, high, medium or low')] : [];
  return [...unsaid, ...repeats(own?.['allow'] ?? inherited?.['allow'], [...at, 'allow'])];
}

function scanOf(settings: Record<string, unknown>): Record<string, unknown> | undefined {
  const gates = settings['gates'];
  const scan = isMapping(gates) ? gates['scan'] : undefined;
  return isMapping(scan) ? scan : undefined;
}

function repeats(allow: unknown, path: Path): Fault[] {
  const ids = (Array.isArray(allow) ? (allow as unknown[]) : []).map((one) => (isMapping(one) ? one['id'] : undefined));
  return ids.flatMap((id, index) =>
    typeof id === 'string' && ids.indexOf(id) < index
      ? [fault([...path, index, 'id'], `${foundText(id)} a second time`, 'each finding once')]
      : [],
  );
}
