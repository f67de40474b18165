import { aligned } from './page.ts';
import type { CommandTarget } from '../lib/domain/command-answer.ts';
import type { Images } from '../lib/domain/image.ts';
import { imageName, time } from '../lib/notifications/wording.ts';

/** Where a rollback could lead, as a table; or that there is nowhere. */
export function targetLines(targets: readonly CommandTarget[]): string[] {
  if (targets.length === 0) return ['There is no verified deployment to go back to.'];
  const rows = targets.map(({ deployment, images, verifiedAt }) => [
    deployment,
    verifiedAt === undefined ? '' : time(verifiedAt),
    imagesText(images),
  ]);
  return ['Verified, to go back to with --to:', ...aligned([['DEPLOYMENT', 'VERIFIED', 'IMAGE'], ...rows])];
}

/** Every image by its shortest name. */
export function imagesText(images: Images): string {
  return Object.entries(images)
    .map(([repository, image]) => imageName(repository, image))
    .join(', ');
}
