import { isMapping } from './defaults.ts';
import { fault, foundText, type Fault, type Path } from './faults.ts';
import { nearest } from '../domain/nearest.ts';
import { listOf, repeated } from './repeats.ts';

/** The ways in which a channel may be reached: each channel takes one. */
const kinds = ['email', 'slack', 'teams', 'webhook', 'amazonQ'];

/** What the schema cannot see of channels: none or several ways to reach one, halves of Slack's settings, repeats, services that are not there. */
export function channelFaults(alerts: unknown, services: string[]): Fault[] {
  const channels = listOf(isMapping(alerts) ? alerts['channels'] : undefined).map((channel, index) => ({
    channel: isMapping(channel) ? channel : {},
    known: isMapping(channel),
    path: ['alerts', 'channels', index],
  }));
  const mails = channels.map(({ channel, path }) => ({ path: [...path, 'email'], value: channel['email'] }));
  const others = channels.map(({ channel, path }) => ({ path, value: addressText(channel) }));
  return [
    ...repeated(mails, 'each address once'),
    ...repeated(others, 'each channel once; its services and states are lists'),
    ...channels.flatMap(({ channel, path, known }) => (known ? oneChannelFaults(channel, path, services) : [])),
  ];
}

function addressText(channel: Record<string, unknown>): string | undefined {
  const kind = kinds.find((one) => one !== 'email' && one in channel);
  return kind === undefined ? undefined : `${kind} ${JSON.stringify(channel[kind])}`;
}

function oneChannelFaults(channel: Record<string, unknown>, path: Path, services: string[]): Fault[] {
  return [
    ...kindFaults(channel, path),
    ...slackFaults(channel['slack'], [...path, 'slack']),
    ...strangers(channel, path, services),
    ...filterFaults(channel, path),
  ];
}

function kindFaults(channel: Record<string, unknown>, path: Path): Fault[] {
  const set = kinds.filter((kind) => kind in channel);
  if (set.length === 1) return [];
  if (set.length === 0) return [fault(path, 'no way to reach it', `one of ${kinds.join(', ')}`)];
  return set
    .slice(1)
    .map((kind) => fault([...path, kind], `${kind} beside ${set[0]}`, `one of ${kinds.join(', ')} a channel; make two of it`));
}

function slackFaults(slack: unknown, path: Path): Fault[] {
  if (!isMapping(slack)) return [];
  const has = (key: string): boolean => slack[key] !== undefined;
  if (has('webhook')) {
    const others = ['token', 'channel'].filter(has);
    return others.map((key) => fault([...path, key], `${key} beside webhook`, 'either webhook, or token with channel'));
  }
  const missing = ['token', 'channel'].filter((key) => !has(key));
  if (missing.length === 2) return [fault(path, 'neither webhook nor token', 'either webhook, or token with channel')];
  return missing.map((key) => fault([...path, key], 'nothing', 'either webhook, or token with channel'));
}

function strangers(channel: Record<string, unknown>, path: Path, services: string[]): Fault[] {
  return listOf(channel['services']).flatMap((glob, index) => {
    if (typeof glob !== 'string' || services.some((service) => matchesGlob(service, glob))) return [];
    const allowed = 'a service under services, or how one begins and then *';
    return [fault([...path, 'services', index], foundText(glob), allowed, nearest(glob, services))];
  });
}

/** A subscription's filter takes so many combinations of values (aws-semantics F.1). Other channels filter by themselves. */
const combinationsMost = 150;
const louder: Readonly<Record<string, number>> = { warning: 2 };

function filterFaults(channel: Record<string, unknown>, path: Path): Fault[] {
  if (!('email' in channel)) return [];
  const [states, services] = [listOf(channel['states']).length, listOf(channel['services']).length];
  const combinations = (louder[String(channel['level'])] ?? 1) * Math.max(1, states) * Math.max(1, services);
  if (combinations <= combinationsMost) return [];
  const found = `${combinations} combinations of level, states and services`;
  return [
    fault(
      [...path, 'services'],
      found,
      `at most ${combinationsMost}: make two channels of it, or name services by how they begin and then *`,
    ),
  ];
}

// Whether a service is meant by its key, or by how it begins and then `*`.
function matchesGlob(service: string, glob: string): boolean {
  return glob.endsWith('*') ? service.startsWith(glob.slice(0, -1)) : service === glob;
}
