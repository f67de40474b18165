import type { Diagnosis } from '../../domain/diagnosis.ts';

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
  counts: Diagnosis['counts'];
}

/** What a stopped task is called, top to bottom; the first row that matches is it. AWS rewords its texts: rows match fragments of them. */
// prettier-ignore
export const catalogue: readonly CatalogueRow[] = [
  { n: 1, category: 'SCALE_IN', when: { re: 'scaling activity initiated by' }, counts: 'no' },
  { n: 2, category: 'HEALTH_LB', when: { re: 'failed (elb|vpc lattice) health checks' }, counts: 'yes' },
  { n: 3, category: 'HEALTH_CONTAINER', when: { re: 'failed container health checks' }, counts: 'yes' },
  { n: 4, category: 'FARGATE_RETIREMENT', when: { re: 'performing maintenance on the underlying infrastructure' }, counts: 'no' },
  { n: 5, category: 'EC2_DRAIN', when: { re: 'instance is in draining' }, counts: 'no' },
  { n: 6, category: 'REBALANCE', when: { stop: ['ServiceSchedulerInitiated'], re: 'rebalanc' }, counts: 'no' },
  { n: 7, category: 'SPOT', when: { stop: ['SpotInterruption'] }, counts: 'no' },
  { n: 8, category: 'SPOT', when: { re: 'your spot task was interrupted' }, counts: 'no' },
  { n: 9, category: 'HOST_GONE', when: { re: String.raw`host ec2 \(instance .*\) (terminated|stopped)` }, counts: 'no' },
  { n: 10, category: 'HOST_GONE', when: { stop: ['TerminationNotice'] }, counts: 'no' },
  { n: 11, category: 'INFRA', when: { stop: ['InfrastructureHealth'] }, counts: 'no' },
  { n: 12, category: 'USER', when: { stop: ['UserInitiated'] }, counts: 'no' },
  { n: 13, category: 'PULL_RATE', when: { re: 'cannotpull.*(toomanyrequests|too many requests|rate limit)' }, counts: 'no' },
  { n: 14, category: 'DISK_FULL', when: { re: 'no space left on device|devmapper: thin pool' }, counts: 'no' },
  { n: 15, category: 'ARCH_MISMATCH', when: { re: 'does not contain descriptor matching platform|no match for platform|exec format error' }, counts: 'yes' },
  { n: 16, category: 'PULL_NETWORK', when: { re: 'cannotpull.*(connection issue|i/o timeout|request canceled|context deadline exceeded|dial tcp|check your (task )?network|tls handshake)' }, counts: 'no' },
  { n: 17, category: 'IMAGE_PERM', when: { re: String.raw`cannotpull.*(access ?denied|no basic auth|pull access denied|\b403\b|has the permissions|not authorized|unauthorized)` }, counts: 'yes' },
  { n: 18, category: 'IMAGE_MISSING', when: { re: String.raw`cannotpull.*(manifest unknown|not found|failed to resolve ref|does not exist|repository name not found|\(404\))` }, counts: 'yes' },
  { n: 19, category: 'PULL_TRANSIENT', when: { re: 'cannotpull.*(ref pull has been retried|failed to copy|httpreaderseeker|context canceled|error pulling image configuration)' }, counts: 'if-repeated' },
  { n: 20, category: 'PULL_OTHER', when: { re: 'cannotpull' }, counts: 'yes' },
  { n: 21, category: 'SECRET_NETWORK', when: { re: String.raw`(secret|\bssm\b|registry auth).*(connection issue|timeout|deadline exceeded|dial tcp|tls handshake|signal: killed|request canceled)` }, counts: 'no' },
  { n: 22, category: 'SECRET_PERM', when: { re: String.raw`(secret|\bssm\b|registry auth).*(access ?denied|not authorized|has the permissions|kms:decrypt)` }, counts: 'yes' },
  { n: 23, category: 'SECRET_MISSING', when: { re: String.raw`(secret|\bssm\b).*(resourcenotfound|can.t find|not found|does not exist|invalid ?parameters?|did not contain)` }, counts: 'yes' },
  { n: 24, category: 'SECRET_OTHER', when: { re: 'unable to pull secrets or registry auth|fetching secret data|cannot pull registry auth' }, counts: 'yes' },
  { n: 25, category: 'LOGGING', when: { re: 'logging driver|log driver|log group|create_log_stream|createlogstream' }, counts: 'yes' },
  { n: 26, category: 'VOLUME', when: { re: String.raw`resourceinitializationerror.*\b(efs|mount|fsx)\b|cannotcreatevolumeerror` }, counts: 'yes' },
  { n: 27, category: 'ENVFILE', when: { re: 'resourceinitializationerror.*(environment|env) ?files?' }, counts: 'yes' },
  { n: 28, category: 'INIT_OTHER', when: { re: 'resourceinitializationerror|resourcenotfoundexception' }, counts: 'yes' },
  { n: 29, category: 'ENI', when: { re: 'network interface|unused device index|insufficientfreeaddresses|RESOURCE:ENI' }, counts: 'no' },
  { n: 30, category: 'CAPACITY', when: { re: 'RESOURCE:(CPU|MEMORY|GPU|PORTS|FARGATE)|capacity is unavailable|insufficient capacity' }, counts: 'no' },
  { n: 31, category: 'PLACEMENT', when: { stop: ['TaskFailedToStart'], re: String.raw`^\s*TaskFailedToStart: ?(AGENT|ATTRIBUTE|MemberOf|NO ACTIVE INSTANCES|EMPTY CAPACITY PROVIDER|LOCATION)` }, counts: 'no' },
  { n: 32, category: 'OOM', when: { re: 'outofmemory|killed due to memory' }, counts: 'yes' },
  { n: 33, category: 'BAD_COMMAND', when: { re: String.raw`(cannotstart|cannotcreate|containerruntime)\w*error.*(executable file not found|no such file|permission denied)` }, counts: 'yes' },
  { n: 34, category: 'RUNTIME_TIMEOUT', when: { re: 'containerruntimetimeouterror|dockertimeouterror|timed out after waiting' }, counts: 'if-repeated' },
  { n: 35, category: 'START_OTHER', when: { re: '(cannotstart|cannotcreate|cannotinspect)container(error)?|containerruntimeerror' }, counts: 'yes' },
  { n: 36, category: 'STOP_ERR', when: { re: 'cannotstopcontainererror' }, counts: 'no' },
  { n: 37, category: 'AWS_INTERNAL', when: { re: String.raw`^\s*internalerror` }, counts: 'no' },
  { n: 38, category: 'SIGKILL', when: { exit: [137] }, counts: 'yes' },
  { n: 39, category: 'SEGFAULT', when: { exit: [139] }, counts: 'yes' },
  { n: 40, category: 'ABORT', when: { exit: [132, 134, 135] }, counts: 'yes' },
  { n: 41, category: 'CMD_NOT_FOUND', when: { exit: [126, 127] }, counts: 'yes' },
  { n: 42, category: 'SIGTERM', when: { exit: [143, 130] }, counts: 'if-repeated' },
  { n: 43, category: 'EXIT_0_SERVICE', when: { exit: [0], service: true }, counts: 'yes' },
  { n: 44, category: 'EXIT_0_TASK', when: { exit: [0], service: false }, counts: 'success' },
  { n: 45, category: 'APP_ERROR', when: { exit: '1-255' }, counts: 'yes' },
  { n: 46, category: 'FAILED_TO_START', when: { stop: ['TaskFailedToStart'] }, counts: 'yes' },
  { n: 47, category: 'UNKNOWN_EXIT', when: { stop: ['EssentialContainerExited'] }, counts: 'yes' },
  { n: 48, category: 'UNKNOWN', when: {}, counts: 'unknown' },
];
