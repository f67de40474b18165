import { acceptedTag } from '../decide/tags/accept-tag.ts';
import type { Images } from '../domain/image.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import { MissingError } from '../errors.ts';
import type { Registry } from '../ports/registry.ts';

/** The images with push time and tag as the registry knows them now: what is newer is measured against what runs, whoever deployed it. */
export async function knownImages(registry: Registry, images: Images, policy: ServicePolicy): Promise<Images> {
  const known = Object.entries(images).map(async ([repository, image]) => [
    repository,
    await knownImage(registry, repository, image, policy),
  ]);
  return Object.fromEntries(await Promise.all(known)) as Images;
}

async function knownImage(registry: Registry, repository: string, image: Images[string], policy: ServicePolicy): Promise<Images[string]> {
  const found = image.pushedAt === undefined ? await registry.byDigest(repository, image.digest).catch(gone) : undefined;
  if (found === undefined) return image;
  const tags = policy.images.find((one) => one.repository === repository)?.tags;
  const tag = (tags && acceptedTag(tags, found.tags)) ?? image.tag;
  return { ...image, pushedAt: found.pushedAt, ...(tag === undefined ? {} : { tag }) };
}

function gone(error: unknown): undefined {
  if (error instanceof MissingError) return undefined;
  throw error;
}
