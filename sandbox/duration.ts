const unitsMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `90s`, `10h` or `1d12h`, with or without a plus before it. */
export function parseDuration(text: string): number {
  const parts = /^\+?((?:\d+(?:ms|[smhd]))+)$/.exec(text.trim())?.[1]?.match(/\d+(?:ms|[smhd])/g);
  if (!parts) throw new RangeError(`A duration is written like 90s, 10h or 1d12h; found ${text}`);
  return parts.reduce((sum, part) => sum + Number.parseInt(part, 10) * (unitsMs[part.replace(/\d+/, '')] ?? 0), 0);
}
