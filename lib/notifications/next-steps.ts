import { deployImage, holdService, liftDigest, resumeService, rollBack, runRevision, showEvents, type Installed } from './commands.ts';
import type { DescribeContext } from './describe-context.ts';
import type { ToldState } from './levels.ts';
import { placeOf } from './place.ts';
import type { Deployment } from '../domain/deployment.ts';
import { revisionName } from '../domain/failure.ts';
import type { ReasonCode } from '../domain/reason.ts';

type Steps = (deployment: Deployment, context: DescribeContext) => string[];

const pushFixed = 'Push a mended image: a new digest deploys by itself.';
const pushAnother = 'Push a mended image: a new digest deploys by itself, this one does not come back.';
const scanAgain = 'Then push again; a changed configuration asks for it again by itself.';
const askedAgain = 'Then push again: a new digest deploys by itself.';

const byState: Readonly<Partial<Record<ToldState, Steps>>> = {
  waiting: () => ['Nothing: it is asked again by itself, and deploys as soon as it may.'],
  'rolling-back': ({ rollback }) => [
    'Wait for the message that the service is back; nothing is to be done until then.',
    ...(rollback?.actor === undefined ? [pushFixed] : []),
  ],
  'rolled-back': (deployment, context) => [...mendIt(deployment, context), ...runItAfterAll(deployment, context)],
  failed: (deployment) => [...goBackByHand(deployment), ...whatEcsSays(deployment), pushFixed],
  external: (deployment, context) => [
    'Nothing, if that was meant: it is watched like any deployment, and the next new image goes over it.',
    'This holds it there:',
    holdService(deployment.service, 'deployed outside on purpose', installedAt(deployment, context)),
    ...goBackByHand(deployment),
  ],
};

// Where the reason says more than the state about what is left to do.
const byReason: Readonly<Partial<Record<`${ToldState} ${ReasonCode}`, Steps>>> = {
  'baking untested': () => ['Nothing: the watch begins when tasks run.'],
  'rejected quarantined': (deployment, context) => [pushAnother, ...lift(deployment, context)],
  'rejected barred': (deployment, context) => [pushAnother, ...runItAfterAll(deployment, context)],
  'rejected watch-only': ({ service }) => [
    `To have such images deployed, set mode: deploy for ${service} in serverless.yml, and deploy that.`,
  ],
  'rejected scan-findings': () => [
    'Push an image in which that is mended, or put up with the findings for a while by gates.scan.allow in serverless.yml.',
  ],
  'rejected scan-missing': () => ['Have the repository scanned on push, or set gates.scan.otherwise: deploy in serverless.yml.', scanAgain],
  'rejected scan-overdue': () => ['Look why its scan took so long, or set a longer gates.scan.wait in serverless.yml.', scanAgain],
  'rejected scan-unusable': () => ['Look what its scan says in ECR, or set gates.scan.otherwise: deploy in serverless.yml.', scanAgain],
  'rejected platform-mismatch': () => ["Build the image for the service's platform, or for both as an index, and push that."],
  'rejected carries-quarantined': () => [
    'Push another image of the repository that is named. Once that is deployed, this one is asked again.',
  ],
  'rejected no-container': (deployment) => nameContainers(deployment),
  'rejected service-missing': ({ service }) => [`Create the service in ECS, or correct ${service} under custom.autopilot.services.`],
  'rejected service-inactive': ({ service }) => [`Create the service in ECS again, or take ${service} out of custom.autopilot.services.`],
  'rejected unsupported-kind': () => ['Only services with controller ECS and strategy ROLLING are deployed to.'],
  'rejected image-missing': () => ['Push the image again, if it is still wanted.'],
  'rejected rollback-under-way': () => [pushFixed],
  'rolled-back newer-candidate': () => ['Follow the deployment that took over: it has its own messages.'],
  'rolled-back replaced-outside': () => ['Follow the deployment that took over: it has its own messages.'],
  'failed no-target': (deployment) => [
    ...goBackByHand(deployment, ', though it was never verified'),
    ...whatEcsSays(deployment),
    pushFixed,
  ],
  'failed rollback-failed': (deployment) => [...whatEcsSays(deployment), ...goBackByHand(deployment)],
  'failed rollback-overdue': (deployment) => [...whatEcsSays(deployment), ...goBackByHand(deployment)],
  'failed aws-refused': () => ['Mend what AWS refused: a permission of the function, most often, or a setting of the service.', askedAgain],
  'failed no-container': (deployment) => [...nameContainers(deployment), askedAgain],
  'failed rollback-disabled': (deployment, context) => [
    ...(isOneWay(deployment) ? ['Push a mended image, the surest way on: what this one did may not fit what ran before.'] : []),
    'This goes back to the verified deployment before it, and holds the service there:',
    rollBack(deployment.service, installedAt(deployment, context)),
    ...whatEcsSays(deployment),
    ...(isOneWay(deployment) ? [] : [pushFixed]),
  ],
  'failed quarantined-returned': (deployment, context) => [...goBackByHand(deployment), ...lift(deployment, context)],
  'failed watch-only': (deployment) => goBackByHand(deployment),
  'external baseline': () => [],
};

/** What is left to do for people: sentences, and commands on lines of their own. Empty where nothing is. */
export function nextSteps(deployment: Deployment, state: ToldState, context: DescribeContext): string[] {
  const steps = byReason[`${state} ${deployment.reason.code}`] ?? byState[state];
  return steps?.(deployment, context) ?? [];
}

function goBackByHand(deployment: Deployment, besides = ''): string[] {
  const { previousTaskDefinition, rollback, service, taskDefinition } = deployment;
  const target = rollback?.taskDefinition ?? previousTaskDefinition;
  if (target === undefined || target === taskDefinition) return [];
  const name = revisionName(target);
  return [`This makes the service run ${name}, which ran before it${besides}:`, runRevision(service, name, placeOf(deployment))];
}

function whatEcsSays(deployment: Deployment): string[] {
  return ['This shows what ECS said last:', showEvents(deployment.service, placeOf(deployment))];
}

function lift(deployment: Deployment, context: DescribeContext): string[] {
  const commands = blamed(deployment, context).map((digest) => liftDigest(digest, installedAt(deployment, context)));
  return commands.length === 0 ? [] : ['If the image was not to blame, let it in again:', ...commands];
}

// Lifting deploys nothing by itself: the candidate was decided.
function runItAfterAll(deployment: Deployment, context: DescribeContext): string[] {
  const lifted = lift(deployment, context);
  if (lifted.length === 0) return [];
  const orders = blamed(deployment, context).map((digest) => deployImage(deployment.service, digest, installedAt(deployment, context)));
  return [...lifted, 'Then order it:', ...orders];
}

function mendIt({ rollback, ...deployment }: Deployment, context: DescribeContext): string[] {
  if (rollback?.actor === undefined) return [pushAnother];
  return [
    'Push a mended image. It waits, for the service is on hold since that was ordered by hand; this lets new images in again:',
    resumeService(deployment.service, installedAt(deployment, context)),
  ];
}

function blamed({ images }: Deployment, { previous }: DescribeContext): string[] {
  const differing = Object.entries(images).filter(([repository, { digest }]) => previous?.images[repository]?.digest !== digest);
  return differing.map(([, { digest }]) => digest);
}

function installedAt(deployment: Deployment, { table }: DescribeContext): Installed {
  return { table, place: placeOf(deployment) };
}

function nameContainers({ service }: Deployment): string[] {
  return [`Name the containers of ${service} in serverless.yml, or let its task definition run an image of that repository.`];
}

function isOneWay({ oneWay }: Deployment): boolean {
  return oneWay !== undefined && oneWay.digests.length > 0;
}
