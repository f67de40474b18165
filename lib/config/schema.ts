import * as z from 'zod';
import { choice, duration, list, mapping, share, text, whole, yesNo } from './leaves.ts';
import { channel } from './schema-alerts.ts';
import { gates } from './schema-gates.ts';
import { prices } from './schema-prices.ts';
import { after, offPeak, schedules } from './schema-schedules.ts';
import { tags } from './schema-tags.ts';

/** How ECS names clusters and services, and task definition families. */
const awsName = '[A-Za-z0-9_-]{1,255}';
export const serviceKeyPattern = new RegExp(`^${awsName}/${awsName}$`);
export const serviceKeyAllowed = 'cluster/service, such as production/my-web-app: letters, digits, - and _';

const repositoryPath = '(?=.{2,256}$)[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*';
const registry = String.raw`\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/`;
const repository = text(
  new RegExp(`^(${registry})?${repositoryPath}$`),
  'an ECR repository without tag, such as my-web-app or 123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-web-app',
).describe('ECR repository; its full registry name where it lives in another account or region.');

const containers = list(text(new RegExp(`^${awsName}$`), 'the name of a container'), 'a list of container names, such as [web]').describe(
  'Containers that get the image. Default: every container that runs an image of that repository.',
);

const image = mapping({ repository, containers: containers.optional(), tags: tags.optional() });

const guard = mapping({
  for: duration('0s', '30d').optional().describe('How long a live deployment is still watched and rolled back.'),
  within: duration('1m', '24h').optional().describe('Window in which failures are counted in guard.'),
});

const verify = mapping({
  failures: whole(1, 100).optional().describe('Failed tasks that condemn a deployment; the larger of failures and share counts.'),
  share: share().optional().describe('The same as a share of the desired count.'),
  within: duration('1m', '24h').optional().describe('Window in which failures are counted until a deployment is live.'),
  bake: duration('0s', '24h').optional().describe('How long a completed rollout is watched before it counts as verified.'),
  guard: guard.optional(),
  timeout: duration('1m', '24h').optional().describe('How long a rollout may take.'),
  rollback: yesNo().optional().describe('false: tell and page, but do not go back.'),
  external: choice(['tell', 'rollback']).optional().describe('What to do about failing deployments that others made.'),
});

/** One service's keys; `defaults` takes the same. */
export const service = mapping({
  image: repository.optional(),
  images: list(image, 'a list of { repository, containers, tags }')
    .optional()
    .describe('Several images; image, containers and tags are the short form for one.'),
  containers: containers.optional(),
  tags: tags.optional(),
  base: choice(['service', 'family']).optional().describe("Clone the service's current revision, or the family's newest."),
  gates: gates.optional(),
  verify: verify.optional(),
  offPeak: offPeak.optional(),
  after: after.optional(),
  families: list(text(new RegExp(`^${awsName}$`), 'the name of a task definition family'), 'a list of families, such as [my-web-app]')
    .optional()
    .describe('Families that may be registered: narrows IAM.'),
  taskRoles: list(
    text(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'the ARN of a role, such as arn:aws:iam::123456789012:role/my-web-app'),
    'a list of role ARNs',
  )
    .optional()
    .describe('Task and execution roles that may be passed: narrows IAM.'),
  logGroups: list(text(/^[\w./#-]{1,512}$/, 'the name of a log group'), 'a list of log groups, such as [/ecs/my-web-app]')
    .optional()
    .describe('Log groups of its tasks: narrows what may be read of logs.'),
  alerts: mapping({
    level: choice(['info', 'warning', 'critical'])
      .optional()
      .describe('The least level that is told of this service at all. Default: info.'),
  }).optional(),
  mode: choice(['deploy', 'watch']).optional().describe('watch: record and tell what would be done, change nothing.'),
  managed: yesNo().optional().describe('false: let go of the service in good order before its key is removed.'),
});

const reconcile = mapping({ perMinute: whole(1, 100).optional().describe('Registry pages read a minute, over all repositories.') });

/** `custom.autopilot` in serverless.yml. */
export const autopilot = mapping({
  defaults: service.optional(),
  services: z.record(z.string(), service, { error: 'a mapping from cluster/service to its settings' }),
  schedules: schedules.optional(),
  prices: prices.optional(),
  alerts: mapping({ channels: list(channel, 'a list of channels, such as - email: team@example.com').optional() }).optional(),
  reconcile: reconcile.optional(),
  metrics: yesNo().optional().describe('true: metrics in CloudWatch, in the namespace EcsAutopilot. Each costs.'),
  history: duration('1d', '3650d').optional().describe('How long closed deployments are kept.'),
});

/** The configuration as people write it. */
export type RawConfiguration = z.input<typeof autopilot>;
export type RawService = z.input<typeof service>;
