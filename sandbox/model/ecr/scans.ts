import type { Agenda } from '../agenda.ts';
import { EcrError } from './errors.ts';
import { parseFindings, singly } from './findings.ts';
import type { ScanStatus, SeverityCounts } from './findings.ts';
import type { EmittedEvent } from './image-actions.ts';
import { noteOf } from './notes.ts';
import type { Image, Repository } from './repository.ts';
import { findingOf, found, frequencyChanged, initiallyScanned, scanned } from './scan-events.ts';
import { basicScanning, checkRules, scanningOf } from './scanning-rules.ts';
import type { ScanningRules, ScanType } from './scanning-rules.ts';

/** The latest scan of an image. */
export interface Scan {
  status: ScanStatus;
  startedAtMs: number;
  completedAtMs: number | undefined;
  counts: SeverityCounts;
}

const dayMs = 86_400_000;
const initialScanMs = 14 * dayMs; // Images pushed before are not scanned when enhanced scanning is turned on.
const findingsKey = 'autopilot.sandbox/findings';
const basicTakesMs = [20_000, 60_000] as const;
const enhancedTakesMs = [60_000, 240_000] as const;
const runnable: ReadonlySet<string | undefined> = new Set([
  undefined,
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

/** Scans of images, by ECR itself or by Inspector. What each type found is kept apart, as AWS keeps it. */
export class Scans {
  #rules: ScanningRules = basicScanning;
  readonly #agenda: Agenda;
  readonly #emit: (event: EmittedEvent) => void;
  readonly #scans: Record<ScanType, WeakMap<Image, Scan>> = { BASIC: new WeakMap(), ENHANCED: new WeakMap() };

  constructor(agenda: Agenda, emit: (event: EmittedEvent) => void) {
    this.#agenda = agenda;
    this.#emit = emit;
  }

  get rules(): ScanningRules {
    return this.#rules;
  }

  /** Scans from now on by these rules. What was pushed lately is scanned when enhanced scanning begins to reach it. */
  scanBy(rules: ScanningRules, repositories: Iterable<Repository>): void {
    checkRules(rules);
    const before = this.#rules;
    this.#rules = rules;
    const changes = [...repositories]
      .map((repository) => ({
        repository,
        before: scanningOf(repository, before).frequency,
        after: scanningOf(repository, rules).frequency,
      }))
      .filter((change) => change.before !== change.after || before.scanType !== rules.scanType);
    if (rules.scanType === 'BASIC') return;
    if (changes.length > 0) this.#emit(frequencyChanged(changes));
    for (const { repository } of changes) for (const image of repository.images.values()) this.pushed(repository, image);
  }

  /** An image was pushed: it is scanned where its repository is scanned on push. */
  pushed(repository: Repository, image: Image): void {
    if (isIndex(image) || scanningOf(repository, this.#rules).frequency === 'MANUAL') return;
    if (this.#rules.scanType === 'BASIC') return this.#onPush(repository, image);
    if (this.#scans.ENHANCED.has(image)) return;
    if (this.#now() - image.pushedAtMs > initialScanMs) this.#record('ENHANCED', image, 'SCAN_ELIGIBILITY_EXPIRED');
    else this.#begin('ENHANCED', repository, image);
  }

  /** An archived image can be pulled again: what was found before is gone, and it is scanned like a new one. */
  restored(repository: Repository, image: Image): void {
    for (const scans of Object.values(this.#scans)) scans.delete(image);
    this.pushed(repository, image);
  }

  /** StartImageScan: basic only, and once in 24 hours for an image, scans on push included. */
  start(repository: Repository, image: Image): Scan {
    if (this.#rules.scanType === 'ENHANCED')
      throw new EcrError('ValidationException', 'This feature is disabled: image scans are started by hand under basic scanning only.');
    if (image.status === 'ARCHIVED') throw new EcrError('ImageArchivedException', `The image '${image.manifest.digest}' is archived.`);
    if (isIndex(image) || !isRunnable(image))
      throw new EcrError('UnsupportedImageTypeException', 'The image is of a type that cannot be scanned.');
    if (this.#scannedToday(image))
      throw new EcrError('LimitExceededException', 'The scan quota per image has been exceeded. Wait and try again.');
    return this.#begin('BASIC', repository, image);
  }

  /** The latest scan of the type that the registry is set to. An archived image tells that it is archived. */
  latest(image: Image): Scan | undefined {
    const scan = this.#scans[this.#rules.scanType].get(image);
    return scan && image.status === 'ARCHIVED' ? { ...scan, status: 'IMAGE_ARCHIVED' } : scan;
  }

  /** On demand: the latest scan has this status, or the image one that it never was scanned for. */
  setStatus(image: Image, status: ScanStatus): void {
    this.#record(this.#rules.scanType, image, status);
  }

  /** On demand: Inspector learns of more, long after the initial scan. Only findings tell it. */
  discover(repository: Repository, image: Image, counts: SeverityCounts): void {
    const scan = this.#scans.ENHANCED.get(image) ?? this.#record('ENHANCED', image, 'ACTIVE');
    for (const [severity, count] of Object.entries(counts) as [keyof SeverityCounts, number][]) {
      const known = scan.counts[severity] ?? 0;
      scan.counts[severity] = known + count;
      for (let number = known; number < known + count; number++)
        this.#emit(found(repository, image, findingOf(repository, image, { severity, number }), this.#now()));
    }
  }

  #onPush(repository: Repository, image: Image): void {
    if (!isRunnable(image)) this.#record('BASIC', image, 'UNSUPPORTED_IMAGE');
    else if (!this.#scannedToday(image)) this.#begin('BASIC', repository, image);
  }

  #scannedToday(image: Image): boolean {
    const last = this.#scans.BASIC.get(image);
    return last !== undefined && this.#now() - last.startedAtMs < dayMs;
  }

  #begin(type: ScanType, repository: Repository, image: Image): Scan {
    const scan = this.#record(type, image, type === 'BASIC' ? 'IN_PROGRESS' : 'PENDING');
    const [least, most] = type === 'BASIC' ? basicTakesMs : enhancedTakesMs;
    const draw = parseInt(image.manifest.digest.slice(7, 13), 16) / 0xff_ff_ff; // As good as chance, and the same in each run.
    this.#agenda.at(new Date(this.#now() + least + Math.round(draw * (most - least))), () => {
      const isLatest = this.#scans[type].get(image) === scan;
      if (isLatest && repository.images.get(image.manifest.digest) === image) this.#end(type, repository, image, scan);
    });
    return scan;
  }

  #end(type: ScanType, repository: Repository, image: Image, scan: Scan): void {
    const { status, counts } = parseFindings(noteOf(repository, image, findingsKey));
    const through = type === 'BASIC' ? 'COMPLETE' : 'ACTIVE';
    Object.assign(scan, { status: status ?? through, counts, completedAtMs: this.#now() });
    if (type === 'BASIC' && (scan.status === 'COMPLETE' || scan.status === 'FAILED'))
      this.#emit(scanned(repository, image, scan.status, counts));
    if (type === 'BASIC' || scan.status !== 'ACTIVE') return; // No other status is told by an event.
    this.#emit(initiallyScanned(repository, image, counts));
    for (const one of singly(counts)) this.#emit(found(repository, image, findingOf(repository, image, one), this.#now()));
  }

  #record(type: ScanType, image: Image, status: ScanStatus): Scan {
    const before = this.#scans[type].get(image);
    const scan: Scan = { status, startedAtMs: this.#now(), completedAtMs: undefined, counts: { ...before?.counts } };
    this.#scans[type].set(image, scan);
    return scan;
  }

  #now(): number {
    return this.#agenda.now().getTime();
  }
}

function isIndex({ manifest }: Image): boolean {
  return manifest.mediaType.includes('index') || manifest.mediaType.includes('manifest.list');
}

/** Signatures, charts and the like are artifacts of another type. */
function isRunnable({ manifest }: Image): boolean {
  return runnable.has(manifest.artifactMediaType);
}
