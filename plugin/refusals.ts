import type { ServiceKey } from '../lib/domain/deployment.ts';
import type { Configuration } from '../lib/domain/policy.ts';
import { mayWake } from './grant-scope.ts';

/** What the table says of a service that was enrolled. */
export interface HeadOnRecord {
  /** Let go in good order, by `managed: false`; or never found in ECS. */
  letGo: boolean;
  /** It has, on record, what it had before it fell asleep. */
  sleeps: boolean;
}

/** Which of the enrolled services this configuration could leave behind: dropped, or without the permission that wakes them. */
export function leavingOf(enrolled: readonly ServiceKey[], configuration: Configuration): ServiceKey[] {
  return enrolled.filter((service) => !mayWake(configuration, service));
}

/** Why this configuration is not to be deployed now, a sentence or two for each service that would be left behind. A service without a head has nothing to lose. */
export function refusalsOf(heads: Record<ServiceKey, HeadOnRecord>, configuration: Configuration): string[] {
  return Object.entries(heads)
    .filter(([service]) => !mayWake(configuration, service))
    .flatMap(([service, head]) => {
      if (configuration.services[service] === undefined) return head.letGo && !head.sleeps ? [] : [dropped(service, head)];
      return head.sleeps ? [stranded(service)] : [];
    });
}

/** All of it as one text for a terminal. */
export function formatRefusals(refusals: readonly string[]): string {
  return ['Services would be left behind; nothing was deployed:', ...refusals.map((refusal) => `- ${refusal}`)].join('\n');
}

function dropped(service: ServiceKey, { sleeps }: HeadOnRecord): string {
  const state = sleeps ? 'is asleep, and nobody would wake it' : 'is still managed';
  const message = `the message "${service}: no longer managed"`;
  return `${service} is gone from custom.autopilot.services and ${state}. Put its key back with managed: false, deploy, wait for ${message}, then remove the key.`;
}

function stranded(service: ServiceKey): string {
  const order = `npm run autopilot -- wake ${service} --for 1h`;
  return `${service} is asleep, and with this configuration no function may wake it: that takes mode: deploy for it, and offPeak for some service. Keep both (or put them back and deploy), order ${order}, wait for the message that it is awake, then deploy this.`;
}
