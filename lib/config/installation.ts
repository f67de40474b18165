import type { Channel } from '../domain/channel.ts';
import type { Level, NotificationState } from '../domain/notification.ts';
import { compileChannels } from './compile-channels.ts';
import { compilePrices } from './compile-prices.ts';
import { withDefaults } from './defaults.ts';
import type { Price } from '../domain/savings.ts';
import type { RawConfiguration } from './schema.ts';

/** What the installation takes from the configuration, and no function needs at run time. */
export interface Installation {
  mails: MailChannel[];
  /** Everything that is reached by post-to-slack. */
  channels: Channel[];
  /** What each service's grants are narrowed to; absent where wide. */
  grants: Record<string, { families?: string[]; taskRoles?: string[]; logGroups?: string[] }>;
  /** What hours of tasks are worth, where people say it. */
  prices: Price[];
}

/** An address that SNS sends mail to by itself. */
export interface MailChannel {
  email: string;
  level: Level;
  /** Services by their key, or by how it begins and then `*`; absent means all. */
  services?: string[];
  /** Absent means all. */
  states?: NotificationState[];
}

/** Reads what the installation needs. Takes what `validateConfiguration` found without fault. */
export function readInstallation(raw: RawConfiguration): Installation {
  const mails = (raw.alerts?.channels ?? []).flatMap(({ email, level = 'info', services, states }) =>
    email === undefined
      ? []
      : [{ email, level, ...(services === undefined ? {} : { services }), ...(states === undefined ? {} : { states }) }],
  );
  const grants = Object.entries(raw.services).map(([key, service]) => {
    const { families, taskRoles, logGroups } = withDefaults(service, raw.defaults ?? {});
    return [
      key,
      {
        ...(families === undefined ? {} : { families }),
        ...(taskRoles === undefined ? {} : { taskRoles }),
        ...(logGroups === undefined ? {} : { logGroups }),
      },
    ] as const;
  });
  return { mails, channels: compileChannels(raw), grants: Object.fromEntries(grants), prices: compilePrices(raw.prices) };
}
