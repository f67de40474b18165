import type { Place } from './data.ts';
import { repositoryLines } from './repository-lines.ts';
import { labelled } from '../page.ts';
import type { Page } from '../page.ts';
import { revisionName } from '../../lib/domain/failure.ts';
import type { ServicePolicy } from '../../lib/domain/policy.ts';
import type { Plan } from '../../lib/flows/plan-service.ts';
import { imageName, sentence } from '../../lib/notifications/wording.ts';
import { wrap } from '../../lib/notifications/wrap.ts';

/** A plan for people: the service, each of its repositories, and what would be done now, last. */
export function planLines(plan: Plan, policy: ServicePolicy, place: Place, notes: string[], page: Page): string[] {
  return [
    page.paint('bold', policy.service),
    ...labelled(
      [['where', `account ${place.account}, ${place.region}, stage ${place.stage}`], ['runs', runsText(plan)], ...standing(plan, policy)],
      page.width,
    ),
    ...plan.repositories.flatMap((repository) => ['', ...repositoryLines(repository, policy, page)]),
    ...(notes.length === 0 ? [] : ['', ...notes.flatMap((note) => wrap(`Note: ${note}`, page.width))]),
  ];
}

function runsText({ service, head }: Plan): string {
  if (service === undefined) return 'nothing: ECS knows no such service';
  const images = Object.entries(head?.current?.images ?? {}).map(([repository, image]) => imageName(repository, image));
  const state = head?.current === undefined ? '' : `, ${head.current.state}`;
  return `${revisionName(service.taskDefinition)}${images.length === 0 ? '' : ` with ${images.join(', ')}`}${state}`;
}

// What is to be known before one reads what would be done.
function standing({ installation, head, obstacle }: Plan, { mode, managed }: ServicePolicy): [string, string][] {
  const { installed, enrolled, current } = installation;
  const deployed = !installed
    ? 'nothing is installed for this stage yet: the first deployment takes what runs as the baseline, and deploys nothing'
    : !enrolled
      ? 'the service is not enrolled yet: that takes what runs as its baseline, and deploys nothing'
      : current
        ? undefined
        : 'this configuration is not the one that is deployed: it holds from the next serverless deploy on';
  return [
    ...(deployed === undefined ? [] : [['note', sentence(deployed)] satisfies [string, string]]),
    ...(mode === 'watch' ? [['mode', 'watch: told and recorded, nothing is changed'] satisfies [string, string]] : []),
    ...(managed ? [] : [['managed', 'false: the service is let go of'] satisfies [string, string]]),
    ...(head?.hold === undefined ? [] : [['hold', `${head.hold.actor}: ${head.hold.reason}`] satisfies [string, string]]),
    ...(obstacle === undefined ? [] : [['obstacle', sentence(obstacle.text)] satisfies [string, string]]),
  ];
}
