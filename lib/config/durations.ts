const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** How a duration is written: a whole number and one unit. */
export const durationPattern = /^(\d{1,6})([smhd])$/;

/** Milliseconds of `30s`, `10m`, `24h` or `90d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = durationPattern.exec(text) ?? [];
  return unit === undefined ? undefined : Number(amount) * unitMs[unit as keyof typeof unitMs];
}
