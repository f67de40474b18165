import { parseArgs } from 'node:util';

export interface SimOptions {
  /** The first seed, and how many. */
  seed: number;
  seeds: number;
  /** Ends after this long, whatever the number of seeds. */
  minutes: number | undefined;
  mutants: boolean;
  /** Looks anew for the worlds that tell each mutant, so that they are tried first. */
  remember: boolean;
  /** One image a service and no gates, as the first worlds were. */
  plain: boolean;
  /** Services sleep and wake: in every world, in none, or in each third. */
  nights: boolean | undefined;
  /** Outages, targets that vanish, images without a way back: in every world. */
  hardships: boolean;
}

/** Whether the services of a seed's world sleep. */
export function hasNights({ plain, nights }: Pick<SimOptions, 'plain' | 'nights'>, seed: number): boolean {
  return nights ?? (!plain && seed % 3 === 0);
}

/** Whether hardships befall the services. */
export function hasHardships({ plain, hardships }: Pick<SimOptions, 'plain' | 'hardships'>): boolean {
  return hardships && !plain;
}

export const usage = `npm run sim -- [--seed S] [--seeds N] [--minutes M] [--plain] [--nights | --days]
              [--hardships] [--mutants [--remember]]

  --seed S      the first seed (1); alone it runs this one
  --seeds N     how many seeds (1000)
  --minutes M   stop after M minutes, however many seeds that were
  --plain       one image a service, no gates, nobody commands: as the telling seeds were found
  --nights      in every world services sleep and wake; --days: in none (in each third)
  --hardships   in every world outages befall, targets of rollbacks vanish, images have no way back
  --mutants     prove the judges: every deliberate defect must be caught by the fixed seeds
  --remember    with --mutants: look anew for the worlds that tell each, which are then tried first`;

/** Reads the command line; a text is what is wrong with it. */
export function readOptions(args: string[]): SimOptions | string {
  try {
    const option = { type: 'string' } as const;
    const { values } = parseArgs({
      args,
      options: {
        seed: option,
        seeds: option,
        minutes: option,
        mutants: { type: 'boolean', default: false },
        remember: { type: 'boolean', default: false },
        plain: { type: 'boolean', default: false },
        nights: { type: 'boolean', default: false },
        days: { type: 'boolean', default: false },
        hardships: { type: 'boolean', default: false },
      },
    });
    const [seed, seeds, minutes] = [values.seed, values.seeds, values.minutes].map((text) =>
      text === undefined ? undefined : Number(text),
    );
    for (const number of [seed, seeds, minutes]) if (number !== undefined && !(number > 0)) return 'Numbers above 0, please.';
    const many = minutes === undefined ? (seed === undefined ? 1000 : 1) : Infinity;
    return {
      seed: seed ?? 1,
      seeds: seeds ?? many,
      minutes,
      mutants: values.mutants,
      remember: values.remember,
      plain: values.plain,
      nights: values.nights ? true : values.days ? false : undefined,
      hardships: values.hardships,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
