import { aligned } from '../page.ts';
import { imagesText } from '../targets.ts';
import { verb, type Call } from '../verb.ts';
import { wholeNumber } from '../whole-number.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import { cut } from '../../lib/notifications/columns.ts';
import { sentence, time } from '../../lib/notifications/wording.ts';
import { wrap } from '../../lib/notifications/wrap.ts';

const limits = { least: 1, most: 1000, otherwise: 10 };

/** Shows what was deployed, and what became of it. */
export const history = verb({
  name: 'history',
  summary: 'show the last deployments of a service, newest first',
  service: 'required',
  flags: { limit: { type: 'string', value: 'N', summary: `how many; ${limits.otherwise} without it, ${limits.most} at most` } },
  changes: false,
  run: async ({ needs, policy, flags, page }) => {
    const deployments = await needs.history.list(policy.service, wholeNumber('--limit', flags.limit, limits));
    if (deployments.length === 0)
      return { lines: [`Nothing is on record of ${policy.service} yet.`], data: { service: policy.service, deployments } };
    return { lines: linesOf(deployments, page), data: { service: policy.service, deployments } };
  },
});

// Two rows or more of each: when and what, then why and by whom.
function linesOf(deployments: Deployment[], page: Call['page']): string[] {
  const heads = aligned(deployments.map(({ createdAt, state, images }) => [time(createdAt), state, imagesText(images)]));
  const indented = (text: string): string[] => wrap(text, page.width - 2).map((line) => `  ${line}`);
  return deployments.flatMap((deployment, index) => [
    page.paint(colourOf(deployment.state), cut(heads[index] ?? '', page.width)),
    ...whyOf(deployment).flatMap((why) => indented(sentence(why))),
    `  ${deployment.id}`,
  ]);
}

// Why it went back comes before that it is back, and whoever ordered it is told once.
function whyOf({ timeline, reason, actor, rollback }: Deployment): string[] {
  const condemned = timeline.findLast(({ state }) => state === 'rolling-back')?.reason.text;
  const whys = [...new Set([condemned ?? reason.text, reason.text])];
  const who = rollback?.actor ?? actor;
  return who === undefined || whys.some((why) => why.includes(who)) ? whys : [...whys, `Ordered by ${who}`];
}

/** The colour of a state: what is bad is red, what goes on is yellow. */
export function colourOf(state: Deployment['state']): 'red' | 'yellow' | 'green' | 'gray' {
  if (state === 'failed' || state === 'rolled-back') return 'red';
  if (state === 'live') return 'green';
  return state === 'deploying' || state === 'baking' || state === 'rolling-back' || state === 'waiting' ? 'yellow' : 'gray';
}
