import type { ServiceKey } from './deployment.ts';
import type { RepositoryName } from './image.ts';
import type { Level } from './notification.ts';
import type { Instant } from './instant.ts';
import type { Schedule } from './schedule.ts';

/** What the configuration says about one service, defaults filled in. Durations are milliseconds. */
export interface ServicePolicy {
  service: ServiceKey;
  cluster: string;
  name: string;
  images: ImagePolicy[];
  /** Which revision a new one is cloned from: the service's current, or the family's newest. */
  base: 'service' | 'family';
  verify: VerifyPolicy;
  /** Absent: no gate beside those that always stand. */
  gates?: GatesPolicy;
  /** What is told of it at least so loud; absent: everything. What is not told is on record all the same. */
  level?: Level;
  mode: 'deploy' | 'watch';
  managed: boolean;
  /** Absent: it never sleeps. */
  offPeak?: OffPeakRule;
  /** How long closed deployments are kept. */
  historyMs: number;
  /** Changes whenever the policy changes. */
  hash: string;
}

/** By which of the schedules a service sleeps. */
export interface OffPeakRule {
  schedule: string;
  /** Services that are awake before it wakes. */
  after: ServiceKey[];
}

/** Which images of one repository a service takes, and for which containers. */
export interface ImagePolicy {
  repository: RepositoryName;
  /** Absent: every container that runs an image of that repository. */
  containers?: string[];
  tags: TagPolicy;
}

/**
 * Which tags a service takes, and which of them is the newest: one tag (a changed binding makes a candidate), a glob (the newest push wins),
 * or a rule. Expressions and ranges are as packaging compiled them.
 */
export type TagPolicy = { kind: 'tag'; tag: string } | { kind: 'glob'; glob: string; pattern: string } | TagRule;

/** Every tag that `match` takes and `except` does not, in an order of its own. Both are regular expressions with the flag u. */
export interface TagRule {
  kind: 'rule';
  /** Its group `key`, else all that it matches, is what is ordered by. Absent: every tag, whole. */
  match?: string;
  except?: string;
  order: TagOrder;
}

/** Newest push; by code units; whole numbers of any length; or versions of three parts, within a range. */
export type TagOrder = { by: 'newest' } | { by: 'alphabetical' } | { by: 'numeric' } | VersionOrder;

export interface VersionOrder {
  by: 'semver';
  /** Alternatives, each a list of bounds that all hold. */
  range: VersionBound[][];
  /** false: a pre-release only where the range names one of the same three parts. */
  prereleases: boolean;
}

export interface VersionBound {
  operator: '>' | '>=' | '<' | '<=' | '=';
  version: string;
}

/** What a candidate is asked beside what every candidate is asked. */
export interface GatesPolicy {
  /** How old an image must be, since its push. */
  ageMs?: number;
  scan?: ScanPolicy;
}

/** Which findings keep an image out. */
export interface ScanPolicy {
  /** Findings of this severity and of worse ones do. */
  block: Severity;
  /** How long after the push a result is waited for. */
  waitMs: number;
  /** What becomes of an image without a result that can be used. */
  otherwise: 'reject' | 'deploy';
  allow: AllowedFinding[];
}

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** A finding that is put up with for a while. */
export interface AllowedFinding {
  id: string;
  /** Its end: from this instant on it counts again. */
  until: Instant;
  reason: string;
}

/** How a service chooses among the tags of a repository; undefined where it takes no images of it. */
export function tagsOf({ images }: ServicePolicy, repository: RepositoryName): TagPolicy | undefined {
  return images.find((image) => image.repository === repository)?.tags;
}

export interface VerifyPolicy {
  failures: number;
  /** 0 to 100, of the desired count. */
  sharePercent: number;
  withinMs: number;
  bakeMs: number;
  guard: { forMs: number; withinMs: number };
  timeoutMs: number;
  rollback: boolean;
  external: 'tell' | 'rollback';
}

/** The whole configuration as it was compiled into the bundle. */
export interface Configuration {
  /** Changes whenever anything in it changes. */
  hash: string;
  services: Record<ServiceKey, ServicePolicy>;
  /** By name, those that services sleep by. */
  schedules?: Record<string, Schedule>;
  reconcile: { perMinute: number };
  /** Absent: no metric is written. */
  metrics?: true;
}
