import { colourOf } from './history.ts';
import { every } from '../every.ts';
import { aligned } from '../page.ts';
import { linesOfOne } from '../status-of-one.ts';
import { statusOf, type ServiceStatus } from '../status-facts.ts';
import { verb, type Call, type Report } from '../verb.ts';
import { cut } from '../../lib/notifications/columns.ts';

const lanes = 16; // A fleet of a thousand is read within seconds.

/** Shows what runs, what waits, and what is in the way. */
export const status = verb({
  name: 'status',
  summary: 'show what runs, since when, and what is in the way',
  about: ['Without a service it shows all of the configuration, a line each.'],
  service: 'optional',
  flags: {},
  changes: false,
  run: async (call): Promise<Report> => {
    if (call.policy !== undefined) return one(call, call.policy.service);
    const services = await every(Object.keys(call.settings.configuration.services), lanes, (service) => read(call, service));
    return { lines: table(services, call.page), data: { services } };
  },
});

async function one(call: Call, service: string): Promise<Report> {
  const found = await read(call, service);
  const last = await call.needs.history.list(service, 20);
  const barring = await call.needs.quarantine.barring([
    ...new Set([...Object.keys(found.barred), ...found.waiting.map(({ digest }) => digest)]),
  ]);
  const rolledBack = last.find(({ rollback }) => rollback !== undefined);
  const data = { ...found, quarantined: barring, ...(rolledBack === undefined ? {} : { lastRollback: rolledBack }) };
  return { lines: linesOfOne(data, call.page, call.now), data };
}

async function read({ needs, settings }: Call, service: string): Promise<ServiceStatus> {
  const policy = settings.configuration.services[service];
  return statusOf(service, await needs.heads.read(service), policy);
}

// What does not fit is cut: --json, or the service alone, tells it whole.
function table(services: ServiceStatus[], page: Call['page']): string[] {
  const rows = services.map(({ service, image, state, note }) => [service, image, state, note]);
  const widths = [28, 20, 12].map((most, column) =>
    Math.min(most, Math.max(...[['SERVICE', 'IMAGE', 'STATE'], ...rows].map((row) => row[column]?.length ?? 0))),
  );
  const rest = page.width - widths.reduce((sum, width) => sum + width + 2, 0);
  const fitted = [['SERVICE', 'IMAGE', 'STATE', 'NOTE'], ...rows].map((row) =>
    row.map((cell, column) => cut(cell, widths[column] ?? rest)),
  );
  return aligned(fitted).map((line, index) => {
    const state = services[index - 1]?.current?.state;
    return state === undefined || state === 'live' ? line : page.paint(colourOf(state), line);
  });
}
