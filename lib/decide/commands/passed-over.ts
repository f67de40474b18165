import type { Head } from '../../domain/head.ts';
import type { RepositoryName } from '../../domain/image.ts';

/**
 * The repositories whose newest decided image was deployed once and does not run now, though nothing condemned it: a person put an older one
 * in its place, by hand or from outside. When a hold ends it is asked again, for the service is to end on the newest that its policy takes.
 */
export function passedOver({ seen, current, barred }: Pick<Head, 'seen' | 'current' | 'barred'>): RepositoryName[] {
  return Object.entries(seen)
    .filter(([repository, { digest, outcome }]) => {
      const runs = current?.images[repository]?.digest === digest;
      return outcome === 'deployed' && !runs && !(digest in barred);
    })
    .map(([repository]) => repository);
}
