import { priceOf } from './price-of.ts';
import type { SleptHours } from './slept-hours.ts';
import type { Price, TaskShape } from '../../domain/savings.ts';

/** What was slept off of one kind: where it ran, on what, at what price. */
export interface Part {
  provider: string;
  platform?: string;
  taskHours: number;
  /** Of the task hours those whose revision tells how large its tasks are. */
  sizedTaskHours: number;
  vcpuHours: number;
  gbHours: number;
  price?: Price;
  /** In US dollars; absent where no price is known, or no size. */
  usd?: number;
}

export interface Worth {
  taskHours: number;
  /** Absent where no size is known. */
  vcpuHours?: number;
  gbHours?: number;
  /** Absent where nothing of it has a price. */
  usd?: number;
  parts: Part[];
}

export interface WorthFacts {
  prices: readonly Price[];
  region: string;
  /** By the ARN of the revision. */
  shapes: ReadonlyMap<string, TaskShape>;
}

/** What so many hours come to, by kind and in all. */
export function worthOf(hours: readonly SleptHours[], facts: WorthFacts): Worth {
  const parts = new Map<string, Part>();
  for (const { provider, taskDefinition = '', taskHours } of hours) {
    const { size, platform } = facts.shapes.get(taskDefinition) ?? {};
    const key = `${provider} ${platform ?? ''}`;
    const part = parts.get(key) ?? emptyPart(provider, platform, facts);
    part.taskHours += taskHours;
    part.sizedTaskHours += size === undefined ? 0 : taskHours;
    part.vcpuHours += taskHours * (size?.vcpu ?? 0);
    part.gbHours += taskHours * (size?.gb ?? 0);
    parts.set(key, part);
  }
  return summed([...parts.values()].map(priced));
}

/** Several such sums in one. */
export function sumOf(worths: readonly Worth[]): Omit<Worth, 'parts'> {
  const all = (name: 'vcpuHours' | 'gbHours' | 'usd') => {
    const known = worths.flatMap((worth) => worth[name] ?? []);
    return known.length === 0 ? {} : { [name]: known.reduce((sum, value) => sum + value, 0) };
  };
  return { taskHours: worths.reduce((sum, { taskHours }) => sum + taskHours, 0), ...all('vcpuHours'), ...all('gbHours'), ...all('usd') };
}

function emptyPart(provider: string, platform: string | undefined, { prices, region }: WorthFacts): Part {
  const price = priceOf(prices, region, provider, platform);
  const told = { ...(platform === undefined ? {} : { platform }), ...(price === undefined ? {} : { price }) };
  return { provider, ...told, taskHours: 0, sizedTaskHours: 0, vcpuHours: 0, gbHours: 0 };
}

function priced(part: Part): Part {
  if (part.price === undefined || part.sizedTaskHours === 0) return part;
  return { ...part, usd: part.vcpuHours * part.price.vcpuHour + part.gbHours * part.price.gbHour };
}

function summed(parts: Part[]): Worth {
  const worths = parts.map((part): Worth => {
    const { taskHours, sizedTaskHours, vcpuHours, gbHours, usd } = part;
    return { taskHours, ...(sizedTaskHours === 0 ? {} : { vcpuHours, gbHours }), ...(usd === undefined ? {} : { usd }), parts: [part] };
  });
  return { ...sumOf(worths), parts };
}
