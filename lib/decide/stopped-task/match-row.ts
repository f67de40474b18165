import { catalogue, type CatalogueRow } from './catalogue.ts';
import { essentialContainers, exitedContainer } from './culprit.ts';
import type { StoppedTask } from '../../domain/failure.ts';
import type { ContainerDefinition } from '../../domain/task-definition.ts';

interface Evidence {
  text: string;
  stopCode: string | undefined;
  exitCode: number | undefined;
  ofService: boolean;
}

/** The first row of the catalogue that matches a stop. `containers` are the task definition's; empty where it is not known. */
export function matchRow(task: StoppedTask, containers: ContainerDefinition[]): CatalogueRow {
  const exited = exitedContainer(task, essentialContainers(task, containers));
  const texts = [task.stoppedReason, ...task.containers.map(({ reason }) => reason)];
  const text = texts.filter((part) => part !== undefined && part !== '').join(' | ');
  return matchingRow({ text, stopCode: task.stopCode, exitCode: exited?.exitCode, ofService: task.ofService });
}

/** Whether a stop of that row counts against the revision, at once or when it repeats. */
export function countsAgainst({ counts }: Pick<CatalogueRow, 'counts'>): boolean {
  return counts === 'yes' || counts === 'if-repeated';
}

const expressions = new Map(catalogue.flatMap(({ n, when: { re } }) => (re === undefined ? [] : [[n, new RegExp(re, 'is')] as const])));

function matchingRow(evidence: Evidence): CatalogueRow {
  return catalogue.find((row) => matches(row, evidence)) as CatalogueRow; // The last row matches everything.
}

function matches({ n, when }: CatalogueRow, { text, stopCode, exitCode, ofService }: Evidence): boolean {
  if (when.stop !== undefined && (stopCode === undefined || !when.stop.includes(stopCode))) return false;
  if (when.exit !== undefined && !matchesExit(when.exit, exitCode)) return false;
  if (when.service !== undefined && when.service !== ofService) return false;
  return expressions.get(n)?.test(text) ?? true;
}

function matchesExit(wanted: number[] | '1-255', exitCode: number | undefined): boolean {
  if (exitCode === undefined) return false;
  return wanted === '1-255' ? exitCode >= 1 && exitCode <= 255 : wanted.includes(exitCode);
}
