import { type Alerts, showAlert, type Alert } from './alerts.ts';
import type { Aws } from './aws.ts';
import type { Clock } from './clock.ts';
import type { Stage } from './stack.ts';

/** What the story plays with. */
export interface Scene {
  aws: Aws;
  clock: Clock;
  alerts: Alerts;
  stage: Stage;
  /** Where the sandbox listens. */
  endpoint: string;
  say: (text: string) => void;
  /** Quarters of a minute for which an alert is waited for; default: an hour's. */
  stepsMax?: number;
}

/** Notes whether what was expected is so. */
export type Expect = (holds: boolean, what: string) => void;

/** Lets time pass until alerts of a kind arrived for so many services, showing each alert as it comes. */
export async function until(
  { clock, alerts, say, stepsMax = 240 }: Scene,
  wanted: (alert: Alert) => boolean,
  count: number,
  step = '15s',
): Promise<Alert[]> {
  const found: Alert[] = [];
  for (let steps = 0; steps < stepsMax && servicesOf(found).length < count; steps += 1) {
    await clock.advance(step);
    for (const alert of await alerts.take()) {
      say(showAlert(alert));
      if (wanted(alert)) found.push(alert);
    }
  }
  return found;
}

/** The services that alerts tell of, each once. */
export function servicesOf(alerts: readonly Alert[]): string[] {
  return [...new Set(alerts.flatMap(({ services }) => services))];
}
