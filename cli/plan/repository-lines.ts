import { labelled, paragraph, type Page } from '../page.ts';
import { tagsOf, type ServicePolicy, type TagPolicy } from '../../lib/domain/policy.ts';
import type { CandidateDecision } from '../../lib/decide/candidate.ts';
import type { CandidatePlan, GateSaid } from '../../lib/flows/plan-candidate.ts';
import type { RepositoryPlan } from '../../lib/flows/plan-repository.ts';
import { sentence, shortDigest, time } from '../../lib/notifications/wording.ts';

/** What a plan says of one repository. */
export function repositoryLines(plan: RepositoryPlan, policy: ServicePolicy, page: Page): string[] {
  const title = page.paint('bold', plan.repository);
  if (plan.missing !== undefined) return [title, ...paragraph(sentence(plan.missing.text), page.width)];
  const unread = 'The repository was not read to its end, and is listed in no order: there may be newer ones.';
  return [
    `${title}, ${policyText(tagsOf(policy, plan.repository))}`,
    ...plan.taken.flatMap((one) => takenLines(one, page)),
    ...(plan.taken.length === 0 ? ['  The policy takes no tag that is there.'] : []),
    ...more(plan.takenMore, 'that the policy takes'),
    ...plan.refused.flatMap(({ image, why }) => entry('-', image, image.tags.join(', '), [['not taken', why]], page)),
    ...more(plan.refusedMore, 'that it does not take'),
    ...(plan.complete ? [] : paragraph(unread, page.width)),
    ...paragraph(nowText(plan.now), page.width).map((line) => page.paint('bold', line)),
  ];
}

function takenLines({ candidate, decision, gates, tags }: CandidatePlan & { tags: string[] }, page: Page): string[] {
  const others = tags.filter((tag) => tag !== candidate.tag);
  const name = `${candidate.tag}${others.length === 0 ? '' : ` (also ${others.join(', ')})`}`;
  const rows: [string, string][] = [[words[decision.action], decisionText(decision)], ...saying(gates)];
  return entry('+', candidate, name, rows, page);
}

// The gates that let it through without a word are named together.
function saying(gates: GateSaid[]): [string, string][] {
  const silent = gates.filter((gate) => gate.answer === 'pass' && gate.note === undefined).map(({ gate }) => gate);
  const speaking = gates.filter(({ gate }) => !silent.includes(gate));
  return [
    ...speaking.map((gate): [string, string] => [`gate ${gate.gate}`, gateText(gate)]),
    ...(silent.length === 0 ? [] : [['gates', `passed: ${silent.join(', ')}`] satisfies [string, string]]),
  ];
}

function gateText(said: GateSaid): string {
  if (said.answer === 'pass') return `passes: ${said.note ?? ''}`;
  return said.answer === 'wait' ? `waits until ${time(said.until)}: ${said.reason.text}` : `rejects: ${said.reason.text}`;
}

const words: Record<CandidateDecision['action'], string> = {
  deploy: 'deploys',
  wait: 'waits',
  reject: 'rejected',
  skip: 'nothing',
  note: 'nothing',
};

function decisionText(decision: CandidateDecision): string {
  return decision.action === 'wait' ? `until ${time(decision.until)}: ${decision.reason.text}` : decision.reason.text;
}

function entry(
  mark: string,
  { digest, pushedAt }: { digest: string; pushedAt: string },
  name: string,
  rows: [string, string][],
  { width }: Page,
): string[] {
  return [
    ...paragraph(`${name}, ${shortDigest(digest)}, pushed ${time(pushedAt)}`, width, `  ${mark} `, '    '),
    ...labelled(rows, width, '    '),
  ];
}

function more(count: number, what: string): string[] {
  return count === 0 ? [] : [`  … and ${count} more ${what}`];
}

function nowText(now: CandidatePlan | undefined): string {
  if (now === undefined) return 'Now: nothing, for the policy takes none of the images.';
  const { candidate, decision } = now;
  if (decision.action === 'deploy') return `Now: deploys ${candidate.tag}, for ${decision.reason.text}.`;
  if (decision.action === 'wait') return `Now: ${candidate.tag} waits until ${time(decision.until)}, for ${decision.reason.text}.`;
  return `Now: nothing. ${candidate.tag}: ${decision.reason.text}.`;
}

function policyText(tags: TagPolicy | undefined): string {
  if (tags === undefined) return 'not taken';
  if (tags.kind === 'tag') return `tag ${tags.tag}`;
  if (tags.kind === 'glob') return `tags ${tags.glob}, newest push first`;
  const { match, except, order } = tags;
  return [
    `tags${match === undefined ? '' : ` matching ${match}`}`,
    ...(except === undefined ? [] : [`except ${except}`]),
    `by ${order.by}`,
  ].join(', ');
}
