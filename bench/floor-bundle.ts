import { build } from 'esbuild';
import { type Bundling, root } from './packaging.ts';

/** What a function calls in AWS, by the client that it takes: the least that any program with its work carries. */
export type Uses = Record<string, string[]>;

const table = { '@aws-sdk/client-dynamodb': ['DynamoDBClient', 'GetItemCommand', 'UpdateItemCommand'] };
const dueTable = { '@aws-sdk/client-dynamodb': [...table['@aws-sdk/client-dynamodb'], 'QueryCommand'] };
const others = { '@aws-sdk/client-ecr': ['ECRClient', 'DescribeImagesCommand'], '@aws-sdk/client-sns': ['SNSClient', 'PublishCommand'] };
const behind = ['BatchGetImageCommand', 'GetDownloadUrlForLayerCommand'];
const scans = ['DescribeImageScanFindingsCommand', 'BatchGetRepositoryScanningConfigurationCommand'];
const gates = { ...others, '@aws-sdk/client-ecr': [...others['@aws-sdk/client-ecr'], ...behind, ...scans] };
const look = ['ECSClient', 'DescribeServicesCommand', 'DescribeTaskDefinitionCommand', 'UpdateServiceCommand'];
const logs = { '@aws-sdk/client-cloudwatch-logs': ['CloudWatchLogsClient', 'GetLogEventsCommand'] };
const scaling = ['ApplicationAutoScalingClient', 'DescribeScalableTargetsCommand', 'RegisterScalableTargetCommand'];
const secrets = {
  '@aws-sdk/client-ssm': ['SSMClient', 'GetParameterCommand'],
  '@aws-sdk/client-secrets-manager': ['SecretsManagerClient', 'GetSecretValueCommand'],
};
const tasks = ['ListTasksCommand', 'DescribeTasksCommand', 'DescribeServiceRevisionsCommand'];

/** The commands of each function's own calls; its role grants the same. */
export const usesOf: Record<string, Uses> = {
  'deploy-image': { ...table, ...gates, '@aws-sdk/client-ecs': [...look, 'RegisterTaskDefinitionCommand'] },
  'apply-scan': { ...table, ...gates, '@aws-sdk/client-ecr': ['ECRClient', ...behind, ...scans] },
  'follow-rollout': { ...table, ...others, '@aws-sdk/client-ecs': [...look, ...tasks] },
  'judge-stopped-task': { ...table, ...others, ...logs, '@aws-sdk/client-ecs': look },
  'obey-command': { ...table, ...gates, '@aws-sdk/client-ecs': [...look, 'RegisterTaskDefinitionCommand'] },
  tick: {
    ...dueTable,
    ...gates,
    '@aws-sdk/client-ecs': [...look, ...tasks, 'RegisterTaskDefinitionCommand'],
    '@aws-sdk/client-application-auto-scaling': scaling,
  },
  'post-to-slack': { ...table, ...secrets, '@aws-sdk/client-sns': others['@aws-sdk/client-sns'] },
};

/** A bundle with the clients and commands alone, by the same settings as the product's. Its clients are made on import, as a function's are. What is `external` is left out. */
export async function floorBundle(uses: Uses, bundling: Bundling, external: string[] = []): Promise<Uint8Array> {
  const imports = Object.entries(uses).map(([client, names]) => `import { ${names.join(', ')} } from '${client}';`);
  const [clients, commands] = [/Client$/, /Command$/].map((ending) =>
    Object.values(uses)
      .flat()
      .filter((name) => ending.test(name)),
  );
  const contents = [
    ...imports,
    `const clients = [${clients?.map((name) => `new ${name}({})`).join(', ')}];`,
    `export const handler = () => [clients, ${commands?.join(', ')}];`,
  ].join('\n');
  const built = await build({ ...bundling, external, stdin: { contents, resolveDir: root }, write: false });
  const [output] = built.outputFiles;
  if (output === undefined) throw new Error('esbuild made no floor bundle');
  return output.contents;
}
