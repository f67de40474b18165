/**
 * What failures are made of: each row of the catalogue that counts, by its name, what happened in one sentence, and where to look. Words
 * for people; the catalogue keeps the rules, which only those who classify stops carry.
 */
// prettier-ignore
export const causes: Readonly<Record<number, readonly [category: string, happened: string, check: string]>> = {
  2: ['HEALTH_LB', 'The task failed the health checks of its load balancer', 'Check that the application answers on the health check path and port, starts within the grace period, and is let through by its security group'],
  3: ['HEALTH_CONTAINER', 'The task failed the health check of its container', 'Check the health check command and its start period, and that the image holds the tools that the command calls'],
  15: ['ARCH_MISMATCH', 'The image is not built for the processor or system of the task', 'Build it for the platform that runtimePlatform names, or change that'],
  17: ['IMAGE_PERM', 'The image could not be pulled, since the task may not read it or the repository does not exist', 'Check the ECR actions of the execution role, the repository policy and the KMS key'],
  18: ['IMAGE_MISSING', 'The image could not be pulled, since it is not in the registry', 'Check whether a lifecycle policy removed it, and its name, account and region'],
  19: ['PULL_TRANSIENT', 'The download of the image broke off', 'Check the S3 endpoint and its policy if it happens again'],
  20: ['PULL_OTHER', 'The image could not be pulled', "Read the task's stopped reason in the ECS console"],
  22: ['SECRET_PERM', 'The task may not read its secrets', 'Check the execution role: secretsmanager, ssm and kms'],
  23: ['SECRET_MISSING', 'A secret of the task does not exist', 'Check its ARN, its JSON key and its version stage in the task definition'],
  24: ['SECRET_OTHER', 'The secrets of the task could not be fetched', "Read the task's stopped reason in the ECS console"],
  25: ['LOGGING', 'The log driver could not start', 'Check that the log group exists, and the permissions and the route to it'],
  26: ['VOLUME', 'A volume could not be mounted', 'Check the mount targets, port 2049 in the security group, the access point and its permissions'],
  27: ['ENVFILE', 'The environment files could not be fetched', 'Check the S3 objects and the permission to read them'],
  28: ['INIT_OTHER', 'ECS could not prepare what the task needs', "Read the task's stopped reason in the ECS console"],
  32: ['OOM', 'A container was killed, since it used more memory than it may', "Raise the memory of the container or the task, or lower the application's heap"],
  33: ['BAD_COMMAND', 'The command of a container does not exist or may not be run', 'Check entryPoint, command and shell against what the image holds'],
  34: ['RUNTIME_TIMEOUT', 'The container runtime did not answer in time', 'Check the load of the host'],
  35: ['START_OTHER', 'A container could not be started', 'Check the runtime settings of the task definition: ulimits, linuxParameters, names'],
  38: ['SIGKILL', 'A container was killed', 'Check its memory, and that the application ends on SIGTERM within stopTimeout'],
  39: ['SEGFAULT', 'A container crashed', 'Check its native libraries and that it is built for this processor'],
  40: ['ABORT', 'A container aborted', "Read the last lines of its log, and check that it is built for this processor's features"],
  41: ['CMD_NOT_FOUND', 'The command of a container is not there or may not be run', 'Check entryPoint and command against what the image holds'],
  42: ['SIGTERM', 'A container was ended by a signal from inside the task', 'Check which container stopped first'],
  43: ['EXIT_0_SERVICE', "A container's main process ended, which a service's never should", 'Check that the command stays in the foreground'],
  45: ['APP_ERROR', 'The application ended with an error', 'Read the last lines of its log; a missing setting or a failed migration is common'],
  46: ['FAILED_TO_START', 'The task did not start', 'Read the reasons of its containers in the ECS console'],
  47: ['UNKNOWN_EXIT', 'An essential container ended, with no exit code that says why', 'Read the last lines of its log'],
};

/** Rows whose cause is the image's own: a digest condemned for one of them goes into quarantine. */
export const ownCauseRows: ReadonlySet<number> = new Set([2, 3, 15, 32, 33, 38, 39, 40, 41, 43, 45, 47]);

/** Rows that count only when they repeat. */
export const repeatedRows: ReadonlySet<number> = new Set([19, 34, 42]);
