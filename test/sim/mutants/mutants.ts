/** A small deliberate defect: a find and replace in one file, which must match exactly once. */
export interface Mutant {
  name: string;
  /** Below lib/. */
  file: string;
  find: string;
  replace: string;
  /** Only worlds in which services sleep can tell it. */
  nights?: true;
}

/** What the judges must notice under the fixed seeds. Where a text no longer matches, the mutant is to follow the code. */
export const mutants: readonly Mutant[] = [
  {
    name: 'a claim without the condition on the version',
    file: 'flows/ledger.ts',
    find: 'const written = await needs.heads.change(head.service, head.version, {',
    replace: 'const written = await needs.heads.change(head.service, (await needs.heads.read(head.service))?.version ?? 0, {',
  },
  {
    name: 'an act recorded that failed',
    file: 'flows/deploy-candidate.ts',
    find: 'await needs.services.run(current.service, copy.taskDefinition.arn);',
    replace: 'await needs.services.run(current.service, copy.taskDefinition.arn).catch(() => found.service);',
  },
  {
    name: 'failures counted by event',
    file: 'flows/judge-stopped-task.ts',
    find: 'const entry = failureEntry(failure);',
    replace: 'const entry = failureEntry({ ...failure, taskId: `${failure.taskId} ${invocation.id}` });',
  },
  {
    name: 'every stop counted',
    file: 'flows/judge-stopped-task.ts',
    find: 'const counted = countsAgainst({ counts: answer });',
    replace: "const counted = answer !== 'success';",
  },
  {
    name: 'a rollback to the previous revision, verified or not',
    file: 'decide/transitions/rollback.ts',
    find: "const taskDefinition = targetRevision(target) ?? '';",
    replace: "const taskDefinition = current.previousTaskDefinition ?? targetRevision(target) ?? '';",
  },
  {
    name: 'the oldest verified target',
    file: 'decide/rollback-target.ts',
    find: 'options.find(({ id }) =>',
    replace: 'options.findLast(({ id }) =>',
  },
  {
    name: 'quarantine not asked after the claim',
    file: 'flows/deploy-candidate.ts',
    find: 'const [barred] = barring;',
    replace: 'const [barred] = barring.slice(barring.length);',
  },
  {
    name: 'no pace',
    file: 'decide/gates/turn.ts',
    find: 'if (free === undefined || isPast(free, now)) return pass;',
    replace: "if (free !== '' || isPast(free, now)) return pass;",
  },
  {
    name: 'a service given free before the act',
    file: 'flows/roll-back.ts',
    find: "const to = condemned.rollback?.taskDefinition ?? '';",
    replace: "const to = condemned.rollback?.taskDefinition ?? ''; await release(needs, head, policy, invocation);",
  },
  {
    name: 'a verification over a rival’s claim',
    file: 'flows/verify-deployment.ts',
    find: "if (head.version !== found.head.version) return 'again';",
    replace: "if (head.version < found.head.version) return 'again';",
  },
  {
    name: 'stopped tasks not listed before verifying',
    file: 'flows/verify-deployment.ts',
    find: 'await needs.services.stoppedTasks(head.service);',
    replace: '(await needs.services.stoppedTasks(head.service)).slice(0, 0);',
  },
  {
    name: 'verified without a bake',
    file: 'decide/progress.ts',
    find: "return isPast(until, now) ? { action: 'verify' }",
    replace: "return isPast(until, now) || tasksRun ? { action: 'verify' }",
  },
  {
    name: 'a rollback of a rollback',
    file: 'decide/verdict.ts',
    find: '  if (after !== undefined)\n    return {',
    replace: "  if (after === '')\n    return {",
  },
  {
    name: 'a native rollback repeated',
    file: 'flows/judge-stopped-task.ts',
    find: "if (alone.action === 'condemn' && !runs(service, current))",
    replace: "if (alone.action === 'condemn' && !runs(service, current) && head.service === '')",
  },
  {
    name: 'what is owed is not kept',
    file: 'flows/ledger.ts',
    find: '...(owes.length > 0 ? { owed: owes } : {})',
    replace: '...(owes.length > 1_000 ? { owed: owes } : {})',
  },
  {
    name: 'a refused message taken for told',
    file: 'flows/owed.ts',
    find: "if (result?.status !== 'rejected') return true;",
    replace: "if (result?.status !== 'rejected' || one.kind === 'message') return true;",
  },
  {
    name: 'a begun deployment not resumed',
    file: 'decide/progress.ts',
    find: ": { action: 'resume-deploy' };",
    replace: ": { action: 'stay', reason: 'somebody will' };",
  },
  {
    name: 'lost pushes not looked for',
    file: 'flows/reconcile-repository.ts',
    find: 'if (named !== undefined) await offerFound(',
    replace: 'if (named === null) await offerFound(',
  },
  {
    name: 'an older image over a newer one',
    file: 'decide/measure.ts',
    find: '.filter((one) => !isNewer(tags, candidate, one));',
    replace: '.filter((one) => isNewer(tags, candidate, one) && isNewer(tags, one, candidate));',
  },
  {
    name: 'a rollback of what is only watched',
    file: 'flows/roll-back.ts',
    find: "if (mode === 'watch') return",
    replace: "if (mode === 'watch' && text === '') return",
  },
  {
    name: 'a dueAt that is not moved',
    file: 'flows/ledger.ts',
    find: 'const due = freed ? toInstant(now) : soonest(before, dueAt(apply(head, change), policy, now));',
    replace: 'const due = freed ? toInstant(now) : soonest(before, head.dueAt);',
  },
  {
    name: 'a claim that is forgotten by its end',
    file: 'flows/context.ts',
    find: 'now.getTime() + timeoutMs + 10_000',
    replace: 'now.getTime() + timeoutMs - 40_000',
  },
  {
    name: 'young images let in',
    file: 'decide/gates/age.ts',
    find: 'if (isPast(until, now)) return pass;',
    replace: "if (isPast(until, now) || candidate.tag !== '') return pass;",
  },
  {
    name: 'findings let in',
    file: 'decide/gates/scan.ts',
    find: "if (blocked !== undefined) return { answer: 'reject'",
    replace: "if (blocked !== undefined && blocked.digest === '') return { answer: 'reject'",
  },
  {
    name: 'another platform let in',
    file: 'decide/gates/platform.ts',
    find: 'if (runtime === undefined) return undefined;',
    replace: "if (runtime === undefined || runtime.os !== '') return undefined;",
  },
  {
    name: 'a hold that bars nothing',
    file: 'decide/gates/hold.ts',
    find: '  hold === undefined\n',
    replace: `  hold?.actor !== ''
`,
  },
  {
    name: 'a digest that was barred on the service let in',
    file: 'decide/gates/quarantine.ts',
    find: 'if (barred !== undefined)',
    replace: "if (barred !== undefined && barred.text === '')",
  },
  {
    name: 'a copy of whatever is the newest of the family',
    file: 'flows/deploy-candidate.ts',
    find: "if (policy.base === 'service') return service.taskDefinition;",
    replace: "if (policy.base !== 'service') return service.taskDefinition;",
  },
  {
    name: 'a copy that changes every container',
    file: 'decide/containers.ts',
    find: 'containers === undefined ? isOfRepository(image, repository) : containers.includes(name),',
    replace: 'containers === undefined ? name !== repository : containers.includes(name),',
  },
  {
    name: 'a copy without the tags of its source',
    file: 'adapters/task-definition-document.ts',
    find: "const tags = new Map(Object.entries(existing).filter(([key]) => !key.startsWith('aws:')));",
    replace: "const tags = new Map(Object.entries(existing).filter(([key]) => key.startsWith('aws:')));",
  },
  {
    name: 'a copy of what is known alone',
    file: 'adapters/task-definition-document.ts',
    find: 'filter(([name]) => !describeOnly.has(name))',
    replace: "filter(([name]) => !describeOnly.has(name) && !name.startsWith('future'))",
  },
  {
    name: 'a quarantine that is not owed',
    file: 'flows/roll-back.ts',
    find: 'if (incident || !isOwnCause(row)) return [];',
    replace: 'if (incident || isOwnCause(row)) return [];',
  },
  {
    name: 'an image left that has no way back',
    file: 'decide/one-way.ts',
    find: 'if (left === undefined) return undefined;',
    replace: "if (left !== '') return undefined;",
  },
  {
    name: 'an incident in flight taken for one image',
    file: 'decide/verdict.ts',
    find: "if (current.state !== 'live' && countedOf",
    replace: "if (current.state === 'rejected' && countedOf",
  },
  {
    name: 'an order carried out twice',
    file: 'flows/obey-command.ts',
    find: 'const before = head.obeyed?.find(({ id }) => id === command.id);',
    replace: "const before = head.obeyed?.find(({ id }) => id === command.id && id === '');",
  },
  {
    name: 'a command left for ever',
    file: 'flows/obey-left.ts',
    find: 'if (head === undefined || command === undefined) return;',
    replace: "if (head === undefined || command === undefined || command.id !== '') return;",
  },
  {
    name: 'a target that is not asked whether it can start',
    file: 'decide/rollback-target.ts',
    find: 'deployment === id && ready));',
    replace: 'deployment === id));',
  },
  {
    name: 'an outage taken for as many bad images',
    file: 'decide/fleet-incident.ts',
    find: 'if (among.length < incidentMin) return verdict;',
    replace: 'if (among.length < 99) return verdict;',
  },
  {
    name: 'the oldest of the stops that no event told',
    file: 'flows/verify-deployment.ts',
    find: '    .toReversed() // The newest first: where there is not room for all, those condemn.\n',
    replace: '',
  },
  {
    name: 'failures after a way back that nobody hears of',
    file: 'decide/transitions/rollback.ts',
    find: '    returned: { from: condemned.id, until: plusMs(now, guard.forMs) },\n',
    replace: '',
  },
];
