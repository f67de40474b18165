/** A Lambda function as the sandbox runs it. */
export interface LambdaFunction {
  name: string;
  arn: string;
  description: string;
  runtime: string;
  /** `file.export`, the file without its extension. */
  handler: string;
  role: string;
  memoryMb: number;
  timeoutMs: number;
  environment: Record<string, string>;
  /** Where the package was unpacked. */
  codeFolder: string;
  codeSize: number;
  codeSha256: string;
  modifiedAt: Date;
  logGroup: string;
  logFormat: 'JSON' | 'Text';
  logLevel: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  deadLetterArn?: string;
  /** How many may run at a time; absent: as many as the pool allows. */
  concurrencyMax?: number;
  asynchronous: AsynchronousSettings;
  /** Statements of its resource policy. */
  policy: Record<string, unknown>[];
}

export interface AsynchronousSettings {
  retriesMax: number;
  ageMaxMs: number;
  onFailureArn?: string;
  onSuccessArn?: string;
}

/** The environment that Lambda gives a function, and nothing else: none of the shell's. */
export function environmentOf(lambda: LambdaFunction, logStream: string, region: string, endpoint: string): Record<string, string> {
  return {
    ...lambda.environment,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${lambda.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: lambda.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: lambda.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: lambda.logFormat,
    AWS_LAMBDA_LOG_LEVEL: lambda.logLevel,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_ACCESS_KEY_ID: lambda.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: lambda.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: lambda.credentials.sessionToken,
    LAMBDA_TASK_ROOT: lambda.codeFolder,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: lambda.handler,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
  };
}
