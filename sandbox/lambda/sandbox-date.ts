/** Replaces Date by one that tells the sandbox's time; whatever names a moment itself stays as it is. */
export function replaceDate(time: Float64Array): void {
  const RealDate = Date;
  const now = (): number => time[0] ?? 0;
  const replaced = new Proxy(RealDate, {
    construct: (target, parts: unknown[], newTarget) => Reflect.construct(target, parts.length > 0 ? parts : [now()], newTarget) as Date,
    apply: (target) => new target(now()).toString(),
  });
  RealDate.now = now;
  RealDate.prototype.constructor = replaced;
  globalThis.Date = replaced;
}
