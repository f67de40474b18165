import type { Images } from '../domain/image.ts';
import { MissingError } from '../errors.ts';
import type { Registry } from '../ports/registry.ts';

/** The images with their push times where the registry still knows them: what is newer is measured against what runs, whoever deployed it. */
export async function datedImages(registry: Registry, images: Images): Promise<Images> {
  const dated = Object.entries(images).map(async ([repository, image]) => {
    const known = image.pushedAt === undefined ? await registry.byDigest(repository, image.digest).catch(gone) : undefined;
    return [repository, known === undefined ? image : { ...image, pushedAt: known.pushedAt }] as const;
  });
  return Object.fromEntries(await Promise.all(dated));
}

function gone(error: unknown): undefined {
  if (error instanceof MissingError) return undefined;
  throw error;
}
