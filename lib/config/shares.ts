/** How a share is written: `10%`. */
export const sharePattern = /^(100|[1-9]?\d)%$/;

/** 0 to 100 of `0%` to `100%`; undefined for anything else. */
export function parseShare(text: string): number | undefined {
  const [, percent] = sharePattern.exec(text) ?? [];
  return percent === undefined ? undefined : Number(percent);
}
