/** How a function is woken. The patterns behind each are in patterns.ts, the queue in channels.ts; a schedule stands in serverless.yml. `call`: by whoever may invoke it. */
export type Trigger = 'image-pushed' | 'image-scanned' | 'rollout-changed' | 'task-stopped' | 'schedule' | 'queue' | 'call';
/** Those that EventBridge's rules serve. */
export type EventTrigger = Exclude<Trigger, 'schedule' | 'queue' | 'call'>;

/** One AWS call, as IAM names it. */
export type Call =
  | `application-autoscaling:${'DescribeScalableTargets' | 'RegisterScalableTarget'}`
  | `dynamodb:${'GetItem' | 'Query' | 'UpdateItem'}`
  | `ecr:${'BatchGetImage' | 'BatchGetRepositoryScanningConfiguration' | 'DescribeImages'}`
  | `ecr:${'DescribeImageScanFindings' | 'GetDownloadUrlForLayer'}`
  | `ecs:${'DescribeServices' | 'DescribeServiceRevisions' | 'DescribeTaskDefinition' | 'DescribeTasks' | 'ListTasks'}`
  | `ecs:${'RegisterTaskDefinition' | 'TagResource' | 'UpdateService'}`
  | `sqs:${'DeleteMessage' | 'GetQueueAttributes' | 'ReceiveMessage'}`
  | 'iam:PassRole'
  | 'logs:GetLogEvents'
  | 'secretsmanager:GetSecretValue'
  | 'sns:Publish'
  | 'ssm:GetParameter';

export interface FunctionEntry {
  trigger: Trigger;
  /** What its flow calls, and nothing else: its role is made of this. */
  calls: readonly Call[];
  /** Whether what it could not do ends in the dead-letter queue: a tick that came late is followed by the next. */
  deadLetters: boolean;
}

const record = ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'sns:Publish'] as const;
const look = ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecr:DescribeImages'] as const;
/** What a digest holds and is built for, and, where a gate asks for it, what its scan found. */
const lookBehind = [
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:DescribeImageScanFindings',
  'ecr:BatchGetRepositoryScanningConfiguration',
] as const;
/** What ran, by digest, and what stopped. */
const lookAtTasks = ['ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:DescribeServiceRevisions'] as const;
/** Registering a copy tags it and hands on the roles that the original has. */
const register = ['ecs:RegisterTaskDefinition', 'ecs:TagResource', 'iam:PassRole'] as const;

/** Where services sleep: their bounds, and giving them back. */
const scale = ['application-autoscaling:DescribeScalableTargets', 'application-autoscaling:RegisterScalableTarget'] as const;

/** Every function of the product: what wakes it and what it may call. A function more is an entry more. */
export const functions = {
  'deploy-image': {
    trigger: 'image-pushed',
    calls: [...record, ...look, ...lookBehind, ...register, 'ecs:UpdateService'],
    deadLetters: true,
  },
  'apply-scan': { trigger: 'image-scanned', calls: [...record, ...lookBehind], deadLetters: true },
  'follow-rollout': { trigger: 'rollout-changed', calls: [...record, ...look, ...lookAtTasks, 'ecs:UpdateService'], deadLetters: true },
  'judge-stopped-task': {
    trigger: 'task-stopped',
    calls: [...record, ...look, 'ecs:UpdateService', 'logs:GetLogEvents'],
    deadLetters: true,
  },
  tick: {
    trigger: 'schedule',
    calls: [...record, 'dynamodb:Query', ...look, ...lookBehind, ...lookAtTasks, ...register, 'ecs:UpdateService', ...scale],
    deadLetters: false,
  },
  'obey-command': {
    trigger: 'call',
    calls: [...record, ...look, ...lookBehind, ...register, 'ecs:UpdateService'],
    deadLetters: false, // Whoever called it has the answer.
  },
  'post-to-slack': {
    trigger: 'queue',
    calls: [
      ...record,
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'ssm:GetParameter',
      'secretsmanager:GetSecretValue',
    ],
    deadLetters: false, // The queue itself hands over what could not be posted.
  },
} as const satisfies Record<string, FunctionEntry>;

export type FunctionName = keyof typeof functions;
export const functionNames = Object.keys(functions) as FunctionName[];
