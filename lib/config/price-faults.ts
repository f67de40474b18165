import { isMapping } from './defaults.ts';
import { fault, type Fault } from './faults.ts';
import { listOf } from './repeats.ts';

/** Two prices of one thing: which of them held would be a matter of chance. */
export function priceFaults(prices: unknown): Fault[] {
  const names = listOf(prices).map((price) => (isMapping(price) ? nameOf(price) : undefined));
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index ? [fault(['prices', index], `${name} a second time`, 'each of them once')] : [],
  );
}

function nameOf({ region = 'every region', launch = 'fargate', platform = 'linux/amd64' }: Record<string, unknown>): string {
  return [launch, platform, 'in', region].map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' ');
}
