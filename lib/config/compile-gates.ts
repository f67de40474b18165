import type { GatesPolicy, ScanPolicy } from '../domain/policy.ts';
import { builtInScan } from './defaults.ts';
import { parseDuration } from './durations.ts';
import type { RawService } from './schema.ts';

type RawGates = NonNullable<RawService['gates']>;

const dayMs = 86_400_000;

/** The gates that are configured, defaults filled in; nothing where none is. */
export function compileGates(gates: RawGates | undefined): { gates?: GatesPolicy } {
  if (gates?.age === undefined && gates?.scan === undefined) return {};
  return {
    gates: {
      ...(gates.age === undefined ? {} : { ageMs: parseDuration(gates.age) ?? 0 }),
      ...(gates.scan === undefined ? {} : { scan: compileScan(gates.scan) }),
    },
  };
}

function compileScan(scan: NonNullable<RawGates['scan']>): ScanPolicy {
  const { block = 'critical', wait = builtInScan.wait, otherwise = builtInScan.otherwise, allow = [] } = scan; // That block is there was judged before.
  return {
    block,
    waitMs: parseDuration(wait) ?? 0,
    otherwise,
    allow: allow.map((one) => ({ id: one.id, until: endOf(one.until), reason: one.reason })),
  };
}

// The day itself still counts.
function endOf(day: unknown): string {
  return new Date(Date.parse(String(day)) + dayMs).toISOString();
}
