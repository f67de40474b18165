import type { Asleep } from '../../../lib/domain/schedule.ts';
import type { PlainSchedule } from '../../calendar/random-schedule.ts';

/** A service of the year: when it is to be awake, what is left of it while it sleeps, and within which bounds it scales by itself. */
export interface Sleeper {
  name: string;
  plain: PlainSchedule;
  asleep: Asleep;
  bounds?: { min: number; max: number };
  desired: number;
}

const [monToFri, monToSat, sunToThu] = [
  [1, 2, 3, 4, 5],
  [1, 2, 3, 4, 5, 6],
  [0, 1, 2, 3, 4],
];
const at = (hours: number, minutes = 0): number => hours * 60 + minutes;

/** Three zones whose clocks change on six days of the year, each with windows whose edges lie in those very hours. */
export const sleepers: readonly Sleeper[] = [
  {
    name: 'berlin',
    plain: {
      timezone: 'Europe/Berlin',
      windows: [
        { weekdays: monToFri, from: at(7), to: at(20) },
        { weekdays: [0], from: at(1, 30), to: at(2, 30) },
      ],
      holidays: [{ from: 20_261_224, to: 20_270_101 }],
      exception: { level: 'awake', date: 20_261_231, from: at(8), to: at(23, 59) },
    },
    asleep: { min: 0, desired: 0 },
    desired: 3,
  },
  {
    name: 'new-york',
    plain: {
      timezone: 'America/New_York',
      windows: [
        { weekdays: sunToThu, from: at(22), to: at(30) },
        { weekdays: [6], from: at(12), to: at(24 + 18) },
        { weekdays: [5], nth: 1, from: at(12), to: at(13) },
      ],
      holidays: [
        { from: 20_261_125, to: 20_261_126 },
        { from: 20_270_705, to: 20_270_705 },
      ],
      exception: { level: 'asleep', date: 20_270_314, from: at(0, 30), to: at(4) },
    },
    asleep: { min: 0, desired: 1 },
    bounds: { min: 2, max: 6 },
    desired: 2,
  },
  {
    name: 'lord-howe',
    plain: {
      timezone: 'Australia/Lord_Howe',
      windows: [
        { weekdays: monToSat, from: at(9, 30), to: at(18, 15) },
        { weekdays: [0], from: at(1, 45), to: at(2, 15) },
        { weekdays: [5], nth: -1, from: at(20), to: at(26, 30) },
      ],
      holidays: [{ from: 20_270_426, to: 20_270_426 }],
    },
    asleep: { min: 0, desired: 0 },
    bounds: { min: 1, max: 5 },
    desired: 4,
  },
];
