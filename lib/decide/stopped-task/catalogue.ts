import type { Diagnosis } from '../../domain/failure.ts';

/** One row of the catalogue of stopped tasks: what it is called, by what it is known, whether it counts against the revision. */
export interface CatalogueRow {
  n: number;
  category: string;
  when: {
    /** Fragment of the stop's text, a regular expression with the flags i and s. */
    re?: string;
    /** Any of these stop codes. */
    stop?: string[];
    /** Any of these exit codes of an essential container. */
    exit?: number[] | '1-255';
    /** Whether the task belongs to a service. */
    service?: boolean;
  };
  usualStopCode: string;
  counts: Diagnosis['counts'];
  cause: string;
}

/** Rows whose cause is the image's own: a digest condemned for one of them goes into quarantine. */
export const ownCauseRows: ReadonlySet<number> = new Set([2, 3, 15, 32, 33, 38, 39, 40, 41, 43, 45, 47]);

/** What a stopped task is called, top to bottom; the first row that matches is it. AWS rewords its texts: rows match fragments of them. */
// prettier-ignore
export const catalogue: readonly CatalogueRow[] = [
  { n: 1, category: 'SCALE_IN', when: { re: 'scaling activity initiated by' },
    usualStopCode: 'ServiceSchedulerInitiated', counts: 'no', cause: 'scale-in, or old tasks replaced by a deployment; benign. Text carries (deployment ecs-svc/…)' },
  { n: 2, category: 'HEALTH_LB', when: { re: 'failed (elb|vpc lattice) health checks' },
    usualStopCode: 'ServiceSchedulerInitiated', counts: 'yes', cause: 'slow/unhealthy app → grace period, path, matcher, port, SG. Ignore exitCode (0/143/137 all occur)' },
  { n: 3, category: 'HEALTH_CONTAINER', when: { re: 'failed container health checks' },
    usualStopCode: 'ServiceSchedulerInitiated', counts: 'yes', cause: 'healthCheck command/startPeriod; curl/wget missing in image' },
  { n: 4, category: 'FARGATE_RETIREMENT', when: { re: 'performing maintenance on the underlying infrastructure' },
    usualStopCode: 'ServiceSchedulerInitiated', counts: 'no', cause: 'task retirement (account setting fargateTaskRetirementWaitPeriod 0/7/14 d)' },
  { n: 5, category: 'EC2_DRAIN', when: { re: 'instance is in draining' },
    usualStopCode: 'ServiceSchedulerInitiated', counts: 'no', cause: 'container instance draining' },
  { n: 6, category: 'REBALANCE', when: { stop: ['ServiceSchedulerInitiated'], re: 'rebalanc' },
    usualStopCode: 'ServiceSchedulerInitiated', counts: 'no', cause: 'AZ rebalancing (text UNVERIFIED)' },
  { n: 7, category: 'SPOT', when: { stop: ['SpotInterruption'] },
    usualStopCode: 'SpotInterruption', counts: 'no', cause: 'capacity reclaimed' },
  { n: 8, category: 'SPOT', when: { re: 'your spot task was interrupted' },
    usualStopCode: 'TerminationNotice (old)', counts: 'no', cause: 'as above' },
  { n: 9, category: 'HOST_GONE', when: { re: String.raw`host ec2 \(instance .*\) (terminated|stopped)` },
    usualStopCode: 'TerminationNotice', counts: 'no', cause: 'ASG/instance gone; containers may still say RUNNING, no exitCode' },
  { n: 10, category: 'HOST_GONE', when: { stop: ['TerminationNotice'] },
    usualStopCode: 'TerminationNotice', counts: 'no', cause: 'as above' },
  { n: 11, category: 'INFRA', when: { stop: ['InfrastructureHealth'] },
    usualStopCode: 'InfrastructureHealth', counts: 'no', cause: 'AWS-side host health (text UNVERIFIED)' },
  { n: 12, category: 'USER', when: { stop: ['UserInitiated'] },
    usualStopCode: 'UserInitiated', counts: 'no', cause: 'StopTask: "Task stopped by user" or the caller\'s reason verbatim (also your own automation)' },
  { n: 13, category: 'PULL_RATE', when: { re: 'cannotpull.*(toomanyrequests|too many requests|rate limit)' },
    usualStopCode: 'TaskFailedToStart', counts: 'no', cause: 'registry rate limit → pull-through cache / credentials' },
  { n: 14, category: 'DISK_FULL', when: { re: 'no space left on device|devmapper: thin pool' },
    usualStopCode: 'TaskFailedToStart', counts: 'no', cause: 'EC2 disk / Fargate ephemeralStorage' },
  { n: 15, category: 'ARCH_MISMATCH', when: { re: 'does not contain descriptor matching platform|no match for platform|exec format error' },
    usualStopCode: 'TaskFailedToStart / exit 1, 255', counts: 'yes', cause: 'runtimePlatform.cpuArchitecture vs image; index lacks platform (texts UNVERIFIED)' },
  { n: 16, category: 'PULL_NETWORK', when: { re: 'cannotpull.*(connection issue|i/o timeout|request canceled|context deadline exceeded|dial tcp|check your (task )?network|tls handshake)' },
    usualStopCode: 'TaskFailedToStart', counts: 'no', cause: 'no NAT/public IP; endpoints ecr.api + ecr.dkr + s3 gateway; SG/DNS' },
  { n: 17, category: 'IMAGE_PERM', when: { re: String.raw`cannotpull.*(access ?denied|no basic auth|pull access denied|\b403\b|has the permissions|not authorized|unauthorized)` },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'execution role ECR actions, repo policy (cross-account), KMS. "pull access denied" also = repo does not exist' },
  { n: 18, category: 'IMAGE_MISSING', when: { re: String.raw`cannotpull.*(manifest unknown|not found|failed to resolve ref|does not exist|repository name not found|\(404\))` },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'tag/digest deleted (lifecycle), typo, wrong Region/account, pinned digest expired' },
  { n: 19, category: 'PULL_TRANSIENT', when: { re: 'cannotpull.*(ref pull has been retried|failed to copy|httpreaderseeker|context canceled|error pulling image configuration)' },
    usualStopCode: 'TaskFailedToStart', counts: 'if-repeated', cause: 'layer download failed: S3 path/endpoint policy' },
  { n: 20, category: 'PULL_OTHER', when: { re: 'cannotpull' },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'read text (Fargate 1.4 truncates it)' },
  { n: 21, category: 'SECRET_NETWORK', when: { re: String.raw`(secret|\bssm\b|registry auth).*(connection issue|timeout|deadline exceeded|dial tcp|tls handshake|signal: killed|request canceled)` },
    usualStopCode: 'TaskFailedToStart', counts: 'no', cause: 'route/endpoint to Secrets Manager, SSM, ECR auth' },
  { n: 22, category: 'SECRET_PERM', when: { re: String.raw`(secret|\bssm\b|registry auth).*(access ?denied|not authorized|has the permissions|kms:decrypt)` },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'execution role secretsmanager/ssm/kms' },
  { n: 23, category: 'SECRET_MISSING', when: { re: String.raw`(secret|\bssm\b).*(resourcenotfound|can.t find|not found|does not exist|invalid ?parameters?|did not contain)` },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'wrong ARN, JSON key, version stage' },
  { n: 24, category: 'SECRET_OTHER', when: { re: 'unable to pull secrets or registry auth|fetching secret data|cannot pull registry auth' },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'read text' },
  { n: 25, category: 'LOGGING', when: { re: 'logging driver|log driver|log group|create_log_stream|createlogstream' },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'log group missing, awslogs-create-group, logs endpoint/permissions' },
  { n: 26, category: 'VOLUME', when: { re: String.raw`resourceinitializationerror.*\b(efs|mount|fsx)\b|cannotcreatevolumeerror` },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'mount target/SG 2049/access point/IAM' },
  { n: 27, category: 'ENVFILE', when: { re: 'resourceinitializationerror.*(environment|env) ?files?' },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'S3 object/permission for environmentFiles' },
  { n: 28, category: 'INIT_OTHER', when: { re: 'resourceinitializationerror|resourcenotfoundexception' },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'read text' },
  { n: 29, category: 'ENI', when: { re: 'network interface|unused device index|insufficientfreeaddresses|RESOURCE:ENI' },
    usualStopCode: 'TaskFailedToStart', counts: 'no', cause: 'subnet IPs exhausted, ENI trunking limit' },
  { n: 30, category: 'CAPACITY', when: { re: 'RESOURCE:(CPU|MEMORY|GPU|PORTS|FARGATE)|capacity is unavailable|insufficient capacity' },
    usualStopCode: 'TaskFailedToStart', counts: 'no', cause: 'cluster size/Fargate capacity; containers may be []' },
  { n: 31, category: 'PLACEMENT', when: { stop: ['TaskFailedToStart'], re: String.raw`^\s*TaskFailedToStart: ?(AGENT|ATTRIBUTE|MemberOf|NO ACTIVE INSTANCES|EMPTY CAPACITY PROVIDER|LOCATION)` },
    usualStopCode: 'TaskFailedToStart', counts: 'no', cause: 'constraints, agent disconnected, empty ASG' },
  { n: 32, category: 'OOM', when: { re: 'outofmemory|killed due to memory' },
    usualStopCode: 'EssentialContainerExited', counts: 'yes', cause: 'container/task memory, heap size. Checked before exit 137' },
  { n: 33, category: 'BAD_COMMAND', when: { re: String.raw`(cannotstart|cannotcreate|containerruntime)\w*error.*(executable file not found|no such file|permission denied)` },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'entryPoint/command/shell missing' },
  { n: 34, category: 'RUNTIME_TIMEOUT', when: { re: 'containerruntimetimeouterror|dockertimeouterror|timed out after waiting' },
    usualStopCode: 'any', counts: 'if-repeated', cause: 'host overloaded' },
  { n: 35, category: 'START_OTHER', when: { re: '(cannotstart|cannotcreate|cannotinspect)container(error)?|containerruntimeerror' },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: 'runtime config, ulimits, linuxParameters, name clash' },
  { n: 36, category: 'STOP_ERR', when: { re: 'cannotstopcontainererror' }, usualStopCode: 'any', counts: 'no', cause: 'host/agent' },
  { n: 37, category: 'AWS_INTERNAL', when: { re: String.raw`^\s*internalerror` },
    usualStopCode: 'any', counts: 'no', cause: 'retry; AWS Health' },
  { n: 38, category: 'SIGKILL', when: { exit: [137] },
    usualStopCode: 'EssentialContainerExited', counts: 'yes', cause: 'undetected OOM, or SIGTERM ignored past stopTimeout' },
  { n: 39, category: 'SEGFAULT', when: { exit: [139] },
    usualStopCode: 'EssentialContainerExited', counts: 'yes', cause: 'native crash, wrong libc/arch' },
  { n: 40, category: 'ABORT', when: { exit: [132, 134, 135] },
    usualStopCode: 'EssentialContainerExited', counts: 'yes', cause: 'SIGILL / abort() / SIGBUS; CPU feature mismatch' },
  { n: 41, category: 'CMD_NOT_FOUND', when: { exit: [126, 127] },
    usualStopCode: 'EssentialContainerExited', counts: 'yes', cause: '126 not executable, 127 not found' },
  { n: 42, category: 'SIGTERM', when: { exit: [143, 130] },
    usualStopCode: 'EssentialContainerExited', counts: 'if-repeated', cause: "signal from inside the task; often a peer's exit order effect" },
  { n: 43, category: 'EXIT_0_SERVICE', when: { exit: [0], service: true },
    usualStopCode: 'EssentialContainerExited', counts: 'yes', cause: 'main process ended: daemonised command, wrong CMD' },
  { n: 44, category: 'EXIT_0_TASK', when: { exit: [0], service: false },
    usualStopCode: 'EssentialContainerExited', counts: 'success', cause: 'RunTask/batch finished' },
  { n: 45, category: 'APP_ERROR', when: { exit: '1-255' },
    usualStopCode: 'EssentialContainerExited', counts: 'yes', cause: 'application failed → tail app log, config, migrations' },
  { n: 46, category: 'FAILED_TO_START', when: { stop: ['TaskFailedToStart'] },
    usualStopCode: 'TaskFailedToStart', counts: 'yes', cause: '"Task failed to start": read containers[].reason' },
  { n: 47, category: 'UNKNOWN_EXIT', when: { stop: ['EssentialContainerExited'] },
    usualStopCode: 'EssentialContainerExited', counts: 'yes', cause: 'no exitCode anywhere' },
  { n: 48, category: 'UNKNOWN', when: {}, usualStopCode: '—', counts: 'unknown', cause: 'log raw text' },
];

/** Rows that count only when they repeat. */
export const repeatedRows: ReadonlySet<number> = new Set(catalogue.filter(({ counts }) => counts === 'if-repeated').map(({ n }) => n));
