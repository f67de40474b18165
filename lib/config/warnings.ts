import type { Installation } from './installation.ts';
import type { RawConfiguration } from './schema.ts';

/** What is allowed and yet worth a second look, a sentence each. */
export function warningsOf(raw: RawConfiguration, { channels, grants }: Installation): string[] {
  const services = Object.entries(grants);
  const wideFamilies = services.filter(([, { families }]) => families === undefined).map(([key]) => key);
  const wideRoles = services.filter(([, { taskRoles }]) => taskRoles === undefined).map(([key]) => key);
  return [
    ...wide(wideFamilies, 'families', 'revisions of every task definition family may be registered'),
    ...wide(wideRoles, 'taskRoles', 'every role that trusts ECS tasks may be passed'),
    ...(channels.length === 0 ? ['alerts.channels is empty: nobody is told. Add one, such as - email: team@example.com.'] : []),
    ...(channels.length > 0 && channels.every(({ services: some }) => some !== undefined)
      ? ['Every alert channel names its services: messages about the product itself reach nobody.']
      : []),
    ...unwatched(raw),
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
