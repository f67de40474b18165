import type { ObservedService } from '../../lib/domain/service.ts';
import type { FakeServices } from './fake-services.ts';

/** ECS is eventually consistent: the next reads answer a service as it was. */
export function answersFromBefore(services: FakeServices, before: ObservedService): { end(): void } {
  const read = services.read.bind(services);
  services.read = async (key) => (key === before.key ? before : read(key));
  return { end: () => void (services.read = read) };
}
