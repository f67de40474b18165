import type { ServiceKey } from '../domain/deployment.ts';
import type { ObservedService } from '../domain/service.ts';
import { MissingError } from '../errors.ts';
import type { ServiceReader } from '../ports/services.ts';

/** The service as ECS tells it now. A cluster that does not exist holds no service: undefined, as for any other that is missing. */
export async function readService(services: Pick<ServiceReader, 'read'>, key: ServiceKey): Promise<ObservedService | undefined> {
  try {
    return await services.read(key);
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    throw error;
  }
}
