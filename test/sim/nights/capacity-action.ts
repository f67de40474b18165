/** What others do to capacity, beside the desired count that people set by hand. */
export type CapacityAction =
  | { do: 'bounds'; service: string; min?: number; max?: number; suspendOut?: boolean }
  | { do: 'register'; service: string; min: number; max: number }
  | { do: 'deregister'; service: string }
  | { do: 'scheduled scaling'; service: string; min?: number; max?: number }
  | { do: 'load'; service: string; load: number };

/** Whether an action is one of these. */
export function isOfCapacity(action: { do: string }): action is CapacityAction {
  return ['bounds', 'register', 'deregister', 'scheduled scaling', 'load'].includes(action.do);
}
