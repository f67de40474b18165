import { parseBehaviour } from './behaviour.ts';
import type { Behaviour } from './behaviour.ts';
import { byDigest } from './image-source.ts';
import type { ImageSource, PulledImage } from './image-source.ts';
import { mostUnresolved } from './task.ts';
import type { Container, Task } from './task.ts';

/** What came of pulling a task's images: how its containers will behave, or why it cannot start. */
export type Pull = { behaviours: Behaviour[] } | { failure: string };

const healthy = parseBehaviour(undefined);

/** Pulls the images of all containers. A tag is resolved by the first task of a deployment, and the later ones pull that digest. */
export function pullImages(task: Task, images: ImageSource): Pull {
  const behaviours: Behaviour[] = [];
  for (const container of task.containers) {
    const pulled = container.specification.image === '' ? healthy : pullOne(task, container, images);
    if (typeof pulled === 'string') return { failure: pulled };
    behaviours.push(pulled);
  }
  return { behaviours };
}

function pullOne(task: Task, container: Container, images: ImageSource): Behaviour | string {
  const { definition, digests, unresolved } = task.order;
  const { name, image } = container.specification;
  const consistent = container.specification.consistent && unresolved.times < mostUnresolved;
  const pinned = consistent ? digests.get(name) : undefined;
  const reference = pinned === undefined ? image : byDigest(image, pinned);
  const found = images.behaviour(reference, definition.architecture);
  if (found === undefined && consistent && pinned === undefined) unresolved.times++;
  if (found === undefined) return notFound(reference);
  if (consistent) digests.set(name, found.digest);
  if (found.platformDigest === undefined) return wrongPlatform(definition.architecture);
  const behaviour = behaviourOf(found, reference);
  if (typeof behaviour !== 'string' || !behaviour.startsWith('CannotPull')) container.digest = found.platformDigest;
  return behaviour;
}

function behaviourOf({ run }: PulledImage, reference: string): Behaviour | string {
  const behaviour = parseBehaviour(run);
  if (behaviour.kind === 'cannot-pull') return notFound(reference);
  if (behaviour.kind === 'bad-command') return noSuchCommand;
  if (behaviour.kind === 'not-understood')
    return `CannotStartContainerError: autopilot.sandbox/run of ${reference} is not understood: ${run}`;
  return behaviour;
}

function notFound(reference: string): string {
  return `${retried} failed to resolve ref ${reference}: ${reference}: not found`;
}

function wrongPlatform(architecture: string): string {
  return `${retried} image Manifest does not contain descriptor matching platform 'linux/${architecture}'`;
}

const noSuchCommand =
  'CannotStartContainerError: OCI runtime create failed: runc create failed: unable to start container process: exec: "serve": executable file not found in $PATH: unknown';
const retried = 'CannotPullContainerError: pull image manifest has been retried 5 time(s):';
