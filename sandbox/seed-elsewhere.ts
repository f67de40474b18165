import type { World } from './world.ts';

interface Home {
  repository: string;
  uri: string;
  /** By whom and where it is called; undefined where it is the account's own. */
  as?: { accessKeyId: string; region: string };
}

/** Where a configured repository lives: a plain name is the account's own, a whole address may be another account's. */
export function homeOf(configured: string, { account, region }: { account: string; region: string }): Home {
  const [, owner = account, where = region, repository = configured] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/.exec(configured) ?? [];
  const uri = `${owner}.dkr.ecr.${where}.amazonaws.com/${repository}`;
  return owner === account ? { repository, uri } : { repository, uri, as: { accessKeyId: owner, region: where } };
}

const shared = [
  'ecr:DescribeImages',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchCheckLayerAvailability',
  'ecr:DescribeImageScanFindings',
];

/** The set-up of both sides: the repository lets the account read it, and the account's bus lets the owner's events in. */
export async function share(
  repositoryName: string,
  owner: string,
  { account, call, there }: { account: string; call: World['call']; there: World['call'] },
): Promise<void> {
  const statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: shared };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await there('ecr', 'SetRepositoryPolicy', { repositoryName, policyText });
  await call('events', 'PutPermission', { StatementId: `images-of-${owner}`, Principal: owner, Action: 'events:PutEvents' });
}
