import type { Images } from '../domain/image.ts';
import { msBetween, type Instant } from '../domain/instant.ts';

const opening =
  /^(an?|another|ask|deployment|describe|find|its?|list|mode|no|nobody|none|nothing|old|read|register|run|services?|somebody|start|tell|the|there|this|update|what|work|write)(?= )/;
const revisionArn = /arn:[\w-]+:ecs:[\w-]*:\d*:task-definition\/([\w-]+:\d+)/g;

/** A reason's text as a whole sentence. Names keep their case, and a revision is called by its name rather than its ARN. */
export function sentence(text: string): string {
  const short = text.trim().replaceAll(revisionArn, '$1');
  const begun = short.replace(opening, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return begun === '' || /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

/** `2026-11-20 09:14:07 UTC`. */
export function time(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

const units: [ms: number, name: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** How long from one instant to another, in its two largest units: `1 h 3 min`, `42 s`. */
export function span(from: Instant, to: Instant): string {
  let rest = Math.max(0, msBetween(from, to));
  const parts = units.map(([ms, name]) => {
    const count = Math.floor(rest / ms);
    rest -= count * ms;
    return { count, text: `${count} ${name}` };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return '0 s';
  const shown = parts.slice(first, first + 2).filter(({ count }) => count > 0);
  return shown.map(({ text }) => text).join(' ');
}

/** The beginning of a digest, enough to tell it from others. */
export function shortDigest(digest: string): string {
  const [algorithm, hex] = digest.split(':');
  return hex === undefined ? digest.slice(0, 12) : `${algorithm}:${hex.slice(0, 12)}`;
}

/** `repository:tag`, or the digest's beginning where no tag is known. */
export function imageName(repository: string, { tag, digest }: Images[string]): string {
  return tag === undefined ? `${repository}@${shortDigest(digest)}` : `${repository}:${tag}`;
}

/** `1 service`, `2 services`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Whether a fact is an address to open rather than to read. */
export function isLink(value: string): boolean {
  return /^https:\/\/\S+$/.test(value);
}
