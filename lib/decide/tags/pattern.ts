const compiled = new Map<string, RegExp>();

/** Whether a tag matches the regular expression that a glob was compiled to. */
export function matchesPattern(pattern: string, tag: string): boolean {
  return expressionOf(pattern, '').test(tag);
}

/** What a rule's expression finds in a tag; undefined where it does not match. */
export function findInTag(pattern: string, tag: string): RegExpExecArray | undefined {
  return expressionOf(pattern, 'u').exec(tag) ?? undefined;
}

// Each is made once: a page of a registry holds a thousand images.
function expressionOf(pattern: string, flags: '' | 'u'): RegExp {
  const key = `${flags}/${pattern}`;
  const expression = compiled.get(key) ?? new RegExp(pattern, flags);
  compiled.set(key, expression);
  return expression;
}
