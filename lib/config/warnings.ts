import type { Configuration } from '../domain/policy.ts';
import { compileSchedules } from './compile-schedules.ts';
import type { Installation } from './installation.ts';
import { scheduleWarnings } from './schedule-warnings.ts';
import type { RawConfiguration } from './schema.ts';

/** What is allowed and yet worth a second look, a sentence each. */
export function warningsOf(
  raw: RawConfiguration,
  configuration: Configuration,
  { mails, channels: others, grants }: Installation,
): string[] {
  const channels = [...mails, ...others];
  const services = Object.entries(grants);
  const wideFamilies = services.filter(([, { families }]) => families === undefined).map(([key]) => key);
  const wideLogs = services.filter(([, { logGroups }]) => logGroups === undefined).map(([key]) => key);
  const wideRoles = services.filter(([, { taskRoles }]) => taskRoles === undefined).map(([key]) => key);
  return [
    ...wide(wideFamilies, 'families', 'revisions of every task definition family may be registered'),
    ...wide(wideRoles, 'taskRoles', 'every role that trusts ECS tasks may be passed'),
    ...wide(wideLogs, 'logGroups', 'the last lines of every log group may be read'),
    ...(channels.length === 0 ? ['alerts.channels is empty: nobody is told. Add one, such as - email: team@example.com.'] : []),
    ...(channels.length > 0 && channels.every(({ services: some }) => some !== undefined)
      ? ['Every alert channel names its services: messages about the product itself reach nobody.']
      : []),
    ...unwatched(raw),
    ...restless(configuration),
    ...sleepless(raw, configuration),
  ];
}

function wide(services: string[], key: string, effect: string): string[] {
  if (services.length === 0) return [];
  const shown = services.slice(0, 3).join(', ') + (services.length > 3 ? ` and ${services.length - 3} more` : '');
  return [`No ${key} for ${shown}: ${effect}. Name them to narrow IAM (docs/permissions.md).`];
}

function unwatched(raw: RawConfiguration): string[] {
  const services = Object.entries(raw.services).filter(([, { verify }]) => (verify?.bake ?? raw.defaults?.verify?.bake) === '0s');
  return services.map(
    ([key]) => `services.${key}.verify.bake is 0s: its deployments count as verified the moment their rollout completes.`,
  );
}

/** One tag that names a younger image with every push is never old enough (docs/decisions/0005). */
function restless({ services }: Configuration): string[] {
  const waiting = Object.values(services).filter(
    ({ gates, images }) => gates?.ageMs !== undefined && images.some(({ tags }) => tags.kind === 'tag'),
  );
  return waiting.map(
    ({ service }) =>
      `services.${service}.gates.age with one tag: each push begins the cool-down anew, and pushes that come faster deploy nothing. A glob such as 'main-*' has no such end.`,
  );
}

function sleepless({ schedules = {} }: RawConfiguration, { services }: Configuration): string[] {
  const used = new Set(Object.values(services).flatMap(({ offPeak }) => (offPeak === undefined ? [] : [offPeak.schedule])));
  return scheduleWarnings(compileSchedules(schedules), used);
}
