import type { Row, Savings } from './report.ts';
import { paragraph, type Page } from '../page.ts';
import type { Worth } from '../../lib/decide/savings/worth.ts';
import type { Price } from '../../lib/domain/savings.ts';
import { columns, cut } from '../../lib/notifications/columns.ts';

const heads = ['MONTH', 'TASK-HOURS', 'VCPU-HOURS', 'GB-HOURS', 'USD'];

/** What was slept off, for people: a line each service and month, what it comes to, and by which prices. */
export function savingsLines({ rows, totals, total, months, prices }: Savings, notes: string[], page: Page): string[] {
  if (rows.length === 0) return [`Nothing slept in ${spanOf(months)}.`, ...notes.flatMap((note) => paragraph(note, page.width, ''))];
  const sums = months.length === 1 ? [] : totals.filter(({ taskHours }) => taskHours > 0);
  const table = [
    ['SERVICE', ...heads],
    ...rows.map((row) => [
      row.watched ? `${row.service} (watch)` : row.service,
      row.running ? `${row.month}*` : row.month,
      ...numbers(row.worth),
    ]),
    ...(rows.length === 1 ? [] : [...sums.map((sum) => ['all', sum.month, ...numbers(sum)]), ['TOTAL', '', ...numbers(total)]]),
  ];
  return [
    ...paragraph('Slept off, had each service stayed at the capacity it fell asleep with. Months are those of UTC.', page.width, ''),
    '',
    ...fitted(table, page).map((line, index) => (index === 0 ? page.paint('bold', line) : line)),
    '',
    ...notes.flatMap((note) => paragraph(note, page.width, '', '  ')),
    ...prices.flatMap((price) => paragraph(priceText(price), page.width, '', '  ')),
  ];
}

// Numbers stand right, so that their points are under each other; what does not fit of a name is cut, and --json tells it whole.
function fitted(table: string[][], { width }: Page): string[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => columns(row[column] ?? ''))));
  const rest = widths.slice(1).reduce((sum, each) => sum + each + 2, 0);
  const names = Math.min(widths[0] ?? 0, width - rest);
  return table.map(([name = '', month = '', ...cells]) =>
    [
      cut(name, names).padEnd(names),
      month.padEnd(widths[1] ?? 0),
      ...cells.map((cell, index) => cell.padStart(widths[index + 2] ?? 0)),
    ].join('  '),
  );
}

function numbers({ taskHours, vcpuHours, gbHours, usd }: Omit<Worth, 'parts'>): string[] {
  return [taskHours.toFixed(1), vcpuHours?.toFixed(1) ?? '-', gbHours?.toFixed(1) ?? '-', usd?.toFixed(2) ?? '-'];
}

function priceText({ launch, platform, region, vcpuHour, gbHour, source, asOf }: Price): string {
  const name = launch === 'fargate' ? 'Fargate' : 'Fargate Spot';
  const where = region === undefined ? '' : ` in ${region}`;
  const when = asOf === undefined ? '' : `, as of ${asOf}`;
  return `Price of ${name} ${platform}${where}: ${vcpuHour} USD per vCPU-hour, ${gbHour} per GB-hour${when} (${source})`;
}

function spanOf(months: string[]): string {
  return months.length === 1 ? (months[0] ?? '') : `${months[0]} to ${months.at(-1)}`;
}

/** What has no price, each kind once with its hours. */
export function unpriced(rows: readonly Row[]): string[] {
  const hours = new Map<string, number>();
  for (const { provider, platform, taskHours, usd, price, sizedTaskHours } of rows.flatMap(({ worth }) => worth.parts)) {
    const missing = usd === undefined ? taskHours : taskHours - sizedTaskHours;
    const why = price === undefined ? 'no price is known for it' : 'its size is not known';
    const kind = `${provider}${platform === undefined ? '' : ` ${platform}`}`;
    if (missing > 0) hours.set(`${kind}: ${why}`, (hours.get(`${kind}: ${why}`) ?? 0) + missing);
  }
  return [...hours].map(([kind, missing]) => `Without money: ${missing.toFixed(1)} task-hours of ${kind}.`);
}
