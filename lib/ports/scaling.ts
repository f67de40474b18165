import type { ServiceKey } from '../domain/deployment.ts';
import type { ScalableTarget } from '../domain/sleep.ts';

/** How many tasks services have and within which bounds they scale by themselves. Only sleeping and waking change that; deploying never does. */
export interface Scaling {
  /** Undefined: the service does not scale by itself. Reads are eventually consistent. */
  target(service: ServiceKey): Promise<ScalableTarget | undefined>;
  /** Sets all of a scalable target that is there in one call. AWS brings the desired count inside the bounds by the same call. */
  bound(service: ServiceKey, target: ScalableTarget): Promise<void>;
  /** Sets the desired count, and nothing else. */
  scale(service: ServiceKey, desired: number): Promise<void>;
}
