import type { CatalogueRow } from './catalogue.ts';
import { causes } from './causes.ts';
import { essentialContainers, exitedContainer } from './culprit.ts';
import { exitCodeMeaning } from './exit-code.ts';
import { harmlessCauses } from './harmless-causes.ts';
import { matchRow } from './match-row.ts';
import type { Diagnosis } from '../../domain/diagnosis.ts';
import type { StoppedContainer, StoppedTask } from '../../domain/failure.ts';
import type { ContainerDefinition } from '../../domain/task-definition.ts';

/** Names the cause of a stop: the first row of the catalogue that matches. `containers` are the task definition's; empty where it is not known. */
export function classifyStop(task: StoppedTask, containers: ContainerDefinition[]): Diagnosis {
  const essential = essentialContainers(task, containers);
  const exited = exitedContainer(task, essential);
  const row = matchRow(task, containers);
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

// Nobody is blamed for a stop that came from outside. Without an exit code it is the container of which ECS gives a reason.
function culpritOf(row: CatalogueRow, exited: StoppedContainer | undefined, essential: StoppedContainer[]): StoppedContainer | undefined {
  if (row.counts === 'no' || row.counts === 'success') return undefined;
  return exited ?? essential.find(({ reason }) => reason !== undefined);
}

function causeOf({ n, when }: CatalogueRow, exited: StoppedContainer | undefined): string {
  const [happened, check] = harmlessCauses[n] ?? causes[n]?.slice(1) ?? [];
  if (when.exit === undefined || exited?.exitCode === undefined) return `${happened}. ${check}.`;
  return `${happened}. Container ${exited.name} has exit code ${exited.exitCode}: ${exitCodeMeaning(exited.exitCode)}. ${check}.`;
}
