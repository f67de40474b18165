import { lookAtSleepers } from './look-at-sleepers.ts';
import { attendOffPeak } from './off-peak.ts';

/** What a tick does besides where services sleep; a bundle of a configuration in which none does carries nothing of it. */
export const sleeping = { offPeak: attendOffPeak, lookAtSleepers };
