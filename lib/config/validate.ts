import type { Configuration } from '../domain/policy.ts';
import { compile } from './compile.ts';
import { contradictions } from './contradictions.ts';
import { schemaFaults } from './faults.ts';
import type { Fault } from './faults.ts';
import { readInstallation } from './installation.ts';
import type { Installation } from './installation.ts';
import { autopilot } from './schema.ts';
import { warningsOf } from './warnings.ts';

export interface ValidConfiguration {
  configuration: Configuration;
  installation: Installation;
  warnings: string[];
}

/** Judges `custom.autopilot` as it stands in the file: every fault at once, or the compiled configuration. */
export function validateConfiguration(raw: unknown): ValidConfiguration | { faults: Fault[] } {
  const parsed = autopilot.safeParse(raw);
  const faults = [...schemaFaults(parsed.error?.issues ?? [], raw), ...contradictions(raw)];
  if (!parsed.success || faults.length > 0) return { faults };
  const installation = readInstallation(parsed.data);
  const configuration = compile(parsed.data);
  return { configuration, installation, warnings: warningsOf(parsed.data, configuration, installation) };
}
