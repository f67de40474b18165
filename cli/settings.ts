import { usageError } from './command-error.ts';
import type { FrameworkConfiguration } from './framework.ts';
import { formatFaults } from '../lib/config/faults.ts';
import { nearest } from '../lib/domain/nearest.ts';
import { validateConfiguration } from '../lib/config/validate.ts';
import type { Configuration, ServicePolicy } from '../lib/domain/policy.ts';
import type { Price } from '../lib/domain/savings.ts';

/** What the serverless.yml of the current folder says of the installation. */
export interface Settings {
  configuration: Configuration;
  /** What is allowed and yet worth a second look, as packaging says it. */
  warnings: string[];
  /** What hours of tasks are worth, where the file says it. */
  prices: Price[];
  stage: string;
  region: string;
  /** What the names of all that was installed begin with: `ecs-autopilot-production`; the table has this very name. */
  prefix: string;
}

/** Judges the configuration as packaging does: every fault at once, or the settings. */
export function settingsOf(file: FrameworkConfiguration, flags: { stage?: string; region?: string }): Settings {
  const result = validateConfiguration(file.custom?.autopilot);
  if ('faults' in result) throw usageError(formatFaults(result.faults));
  const { configuration, installation, warnings } = result;
  const { provider = {}, service } = file;
  const stage = flags.stage ?? text(provider.stage) ?? 'dev'; // The framework's own defaults.
  const region = flags.region ?? text(provider.region) ?? 'us-east-1';
  return { configuration, warnings, prices: installation.prices, stage, region, prefix: `${text(service) ?? ''}-${stage}` };
}

/** The policy of a service that somebody named; where there is none, the error says which was probably meant. */
export function policyOf(service: string, { configuration }: Settings): ServicePolicy {
  const policy = configuration.services[service];
  if (policy !== undefined && Object.hasOwn(configuration.services, service)) return policy;
  const known = Object.keys(configuration.services);
  const meant = nearest(service, known) ?? known.find((key) => key.endsWith(`/${service}`));
  const hint = meant === undefined ? `It names: ${some(known)}` : `Did you mean ${meant}?`;
  throw usageError(`The configuration names no service ${service}. ${hint}`);
}

function some(names: string[]): string {
  return names.slice(0, 10).join(', ') + (names.length > 10 ? ` and ${names.length - 10} more` : '');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
