import { catalogue, type CatalogueRow } from './catalogue.ts';
import { essentialContainers, exitedContainer } from './culprit.ts';
import { exitCodeMeaning } from './exit-code.ts';
import { explanations } from './explanations.ts';
import type { Diagnosis } from '../../domain/diagnosis.ts';
import type { StoppedContainer, StoppedTask } from '../../domain/failure.ts';
import type { ContainerDefinition } from '../../domain/task-definition.ts';

interface Evidence {
  text: string;
  stopCode: string | undefined;
  exitCode: number | undefined;
  ofService: boolean;
}

/** Names the cause of a stop: the first row of the catalogue that matches. `containers` are the task definition's; empty where it is not known. */
export function classifyStop(task: StoppedTask, containers: ContainerDefinition[]): Diagnosis {
  const essential = essentialContainers(task, containers);
  const exited = exitedContainer(task, essential);
  const texts = [task.stoppedReason, ...task.containers.map(({ reason }) => reason)];
  const text = texts.filter((part) => part !== undefined && part !== '').join(' | ');
  const row = matchingRow({ text, stopCode: task.stopCode, exitCode: exited?.exitCode, ofService: task.ofService });
  const culprit = culpritOf(row, exited, essential);
  return {
    row: row.n,
    category: row.category,
    counts: row.counts,
    cause: causeOf(row, exited),
    ...(culprit === undefined ? {} : { culprit: culprit.name }),
    ...(exited?.exitCode === undefined ? {} : { exitCode: exited.exitCode }),
  };
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

// Nobody is blamed for a stop that came from outside. Without an exit code it is the container of which ECS gives a reason.
function culpritOf(row: CatalogueRow, exited: StoppedContainer | undefined, essential: StoppedContainer[]): StoppedContainer | undefined {
  if (row.counts === 'no' || row.counts === 'success') return undefined;
  return exited ?? essential.find(({ reason }) => reason !== undefined);
}

function causeOf({ n, when }: CatalogueRow, exited: StoppedContainer | undefined): string {
  const [happened, check] = explanations[n] as readonly [string, string];
  if (when.exit === undefined || exited?.exitCode === undefined) return `${happened}. ${check}.`;
  return `${happened}. Container ${exited.name} has exit code ${exited.exitCode}: ${exitCodeMeaning(exited.exitCode)}. ${check}.`;
}
