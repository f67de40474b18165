/** The lines of a trace that a reader needs: users, and whatever is about the service that the break names; all, where it names none. */
export function readable(trace: string[], how: string): string[] {
  const service = /[a-z]+\/[a-z]+-\d+/.exec(how)?.[0];
  if (service === undefined) return trace;
  const about = trace.filter((line) => line.includes(service));
  const invocations = new Set(
    about.flatMap((line) => line.match(/(?:tick|deploy-image|follow-rollout|judge-stopped-task|apply-scan|obey-command)\/\d+/g) ?? []),
  );
  return trace.filter((line) => isAbout(line, service, invocations));
}

function isAbout(line: string, service: string, invocations: ReadonlySet<string>): boolean {
  if (/USER|CEASE|BROKEN|lost:/.test(line) || line.includes(service)) return true;
  const [invocation] = /(?:tick|deploy-image|follow-rollout|judge-stopped-task|apply-scan|obey-command)\/\d+/.exec(line) ?? [];
  return invocation !== undefined && invocations.has(invocation) && !/"service":/.test(line);
}
