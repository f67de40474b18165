import { namedNow, type WeighCandidateNeeds } from './weigh-candidate.ts';
import { newerThan } from '../decide/measure.ts';
import { acceptedTag } from '../decide/tags/accept-tag.ts';
import { foreignMediaType } from '../decide/tags/never-counts.ts';
import type { DeployCommand } from '../domain/command.ts';
import type { CommandResult } from '../domain/command-answer.ts';
import type { Head } from '../domain/head.ts';
import type { Candidate, RegistryImage } from '../domain/image.ts';
import type { ImagePolicy, ServicePolicy } from '../domain/policy.ts';
import { MissingError } from '../errors.ts';
import type { Registry } from '../ports/registry.ts';

/** The image that a person named by digest or tag, in one of the service's repositories; and whether it is the newest that the policy takes. */
export async function findImage(
  needs: WeighCandidateNeeds,
  head: Head,
  command: DeployCommand,
  policy: ServicePolicy,
): Promise<{ candidate: Candidate; newest: boolean } | CommandResult> {
  const places = policy.images.filter(({ repository }) => command.repository === undefined || command.repository === repository);
  for (const place of places) {
    const image = await read(needs.registry, place, command.image);
    if (image === undefined) continue;
    if (!image.active) return missing(`${place.repository}@${image.digest} is archived: restore it first`);
    const foreign = foreignMediaType(image);
    if (foreign !== undefined) return { outcome: 'refused', reason: { code: 'not-runnable', text: foreign } };
    return named(needs, image, command, place, { head, policy });
  }
  const where = places.map(({ repository }) => repository).join(', ') || `no repository of the service: ${command.repository ?? ''}`;
  return missing(`${command.image} is not in ${where}`);
}

async function read(registry: Registry, { repository }: ImagePolicy, image: string): Promise<RegistryImage | undefined> {
  const found = image.startsWith('sha256:') ? registry.byDigest(repository, image) : registry.byTag(repository, image);
  return found.catch((error: unknown) => {
    if (error instanceof MissingError) return undefined;
    throw error;
  });
}

// A person may name an image whose tags the policy does not take, or that has none any more.
async function named(
  needs: WeighCandidateNeeds,
  image: RegistryImage,
  command: DeployCommand,
  { tags }: ImagePolicy,
  { head, policy }: { head: Head; policy: ServicePolicy },
): Promise<{ candidate: Candidate; newest: boolean }> {
  const { repository, digest, pushedAt } = image;
  const accepted = acceptedTag(tags, image.tags);
  const ordered = image.tags.includes(command.image) ? command.image : image.tags[0];
  const candidate: Candidate = { repository, digest, tag: accepted ?? ordered ?? '', pushedAt, origin: 'command' };
  if (accepted === undefined || tags.kind === 'tag') return { candidate, newest: accepted !== undefined };
  const running = await namedNow(needs, { candidate, head, service: undefined }, policy);
  return { candidate, newest: newerThan(candidate, head, tags, { named: running }) === undefined };
}

function missing(text: string): CommandResult {
  return { outcome: 'refused', reason: { code: 'image-missing', text } };
}
