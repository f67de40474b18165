const compiled = new Map<string, RegExp>();

/** Whether a tag matches the regular expression that a glob was compiled to. Each is made once. */
export function matchesPattern(pattern: string, tag: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(pattern);
    compiled.set(pattern, expression);
  }
  return expression.test(tag);
}
