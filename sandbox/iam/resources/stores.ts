import { arn, each, type Input, type Place, rows, text, texts, type WishTable } from '../wishes.ts';

const table = (input: Input, place: Place): string => arn('dynamodb', place, text(input, 'TableName'), 'table/');
const tables = (input: Input, place: Place): string[] =>
  Object.keys(input['RequestItems'] ?? {}).map((name) => arn('dynamodb', place, name, 'table/'));
const indexOrTable = (input: Input, place: Place): string =>
  text(input, 'IndexName') === '' ? table(input, place) : `${table(input, place)}/index/${text(input, 'IndexName')}`;

/** What calls of Amazon DynamoDB want. A query on an index wants the index alone. */
export const dynamodb: WishTable = {
  ...rows(
    'GetItem PutItem UpdateItem DeleteItem DescribeTable CreateTable DeleteTable UpdateTable DescribeTimeToLive',
    each((input, place) => [table(input, place)]),
  ),
  ...rows(
    'Query Scan',
    each((input, place) => [indexOrTable(input, place)]),
  ),
  ...rows('BatchGetItem BatchWriteItem', each(tables)),
};

const repository = (input: Input, { account, region }: Place): string =>
  `arn:aws:ecr:${region}:${text(input, 'registryId') || account}:repository/${text(input, 'repositoryName')}`;

/** What calls of Amazon ECR want: a repository, in the registry that the call names. */
export const ecr: WishTable = {
  ...rows(
    'CreateRepository DeleteRepository PutImageTagMutability PutImage DescribeImages ListImages BatchGetImage BatchDeleteImage BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart CompleteLayerUpload GetDownloadUrlForLayer StartImageScan DescribeImageScanFindings PutImageScanningConfiguration GetLifecyclePolicy UpdateImageStorageClass SetRepositoryPolicy GetRepositoryPolicy DeleteRepositoryPolicy',
    each((input, place) => [repository(input, place)]),
  ),
  ...rows(
    'DescribeRepositories BatchGetRepositoryScanningConfiguration',
    each((input, place) =>
      (texts(input, 'repositoryNames').length > 0 ? texts(input, 'repositoryNames') : ['*']).map((repositoryName) =>
        repository({ ...input, repositoryName }, place),
      ),
    ),
  ),
};

const parameter = (name: string, place: Place): string => arn('ssm', place, name.replace(/^\//, ''), 'parameter/');

/** What calls of the SSM parameter store want. */
export const ssm: WishTable = {
  ...rows(
    'GetParameter PutParameter DeleteParameter',
    each((input, place) => [parameter(text(input, 'Name'), place)]),
  ),
  ...rows(
    'GetParameters DeleteParameters',
    each((input, place) => texts(input, 'Names').map((name) => parameter(name, place))),
  ),
};

/** What calls of AWS Secrets Manager want. A secret named without its ARN has six characters more, which a policy meets by `-??????`. */
export const secretsmanager: WishTable = {
  CreateSecret: each((input, place) => [`${arn('secretsmanager', place, text(input, 'Name'), 'secret:')}-??????`]),
  ...rows(
    'GetSecretValue DescribeSecret PutSecretValue DeleteSecret',
    each((input, place) => [secret(text(input, 'SecretId'), place)]),
  ),
};

function secret(nameOrArn: string, place: Place): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `${arn('secretsmanager', place, nameOrArn, 'secret:')}-??????`;
}
