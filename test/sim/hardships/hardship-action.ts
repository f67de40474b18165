/** What befalls a fleet beside its images: what they all depend on is away, and what a way back needs is taken away. */
export type HardshipAction =
  | { do: 'outage'; forMs: number }
  | { do: 'archive'; repository: string; choice: number }
  | { do: 'retire revision'; service: string; choice: number };

/** Whether an action is one of these. */
export function isOfHardship(action: { do: string }): action is HardshipAction {
  return ['outage', 'archive', 'retire revision'].includes(action.do);
}
