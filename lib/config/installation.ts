import type { Level } from '../domain/notification.ts';
import { withDefaults } from './defaults.ts';
import type { RawConfiguration } from './schema.ts';

/** What the installation takes from the configuration, and no function needs at run time. */
export interface Installation {
  channels: Channel[];
  /** What each service's grants are narrowed to; absent where wide. */
  grants: Record<string, { families?: string[]; taskRoles?: string[] }>;
}

export interface Channel {
  email: string;
  level: Level;
  /** Services by their key, or by how it begins and then `*`; absent means all. */
  services?: string[];
}

/** Reads what the installation needs. Takes what `validateConfiguration` found without fault. */
export function readInstallation(raw: RawConfiguration): Installation {
  const channels = (raw.alerts?.channels ?? []).flatMap(({ email, level = 'info', services }) =>
    email === undefined ? [] : [{ email, level, ...(services === undefined ? {} : { services }) }],
  );
  const grants = Object.entries(raw.services).map(([key, service]) => {
    const { families, taskRoles } = withDefaults(service, raw.defaults ?? {});
    return [key, { ...(families === undefined ? {} : { families }), ...(taskRoles === undefined ? {} : { taskRoles }) }] as const;
  });
  return { channels, grants: Object.fromEntries(grants) };
}
