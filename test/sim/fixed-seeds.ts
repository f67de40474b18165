/** A world that runs with every `npm test`. */
export interface FixedWorld {
  seed: number;
  plain: boolean;
  hardships?: boolean;
}

/** Seeds under which a plain world once found a defect. They stay for good. */
const telling = [
  67, 95, 123, 126, 141, 150, 153, 156, 158, 210, 256, 354, 386, 590, 792, 806, 1503, 1602, 3096, 5165, 5636, 493, 20_997, 22_156,
];

/** Seeds under which a varied world did. */
const tellingVaried = [
  96, 268, 100_335, 200_142, 300_312, 500_285, 500_324, 2511, 500_060, 700_226, 800_165, 812_199, 830_248, 840_039, 6_000_968, 8_002_103,
  13_003_750, 13_009_787, 14_000_675, 8_005_670, 8_008_462, 11_005_933, 11_012_800, 11_004_254, 11_005_724,
];

/** Seeds under which a varied world with hardships did. */
const tellingHard = [1041, 9_003_016, 9_004_577];

/** Seeds under which rare mutants are caught. */
const rare = [227, 755, 40_009, 40_043, 40_070, 40_254, 41_024, 41_155];
const rareVaried = [538, 72_082, 72_091, 72_288, 40_015, 40_019, 40_071, 40_105, 40_288];
const rareHard = [30_024, 30_074, 30_126, 30_267, 30_396, 60_161, 60_197, 60_279, 60_303, 40_001, 40_018, 40_102, 40_114, 40_150];

const varied = (seed: number): FixedWorld => ({ seed, plain: false });
const plain = (seed: number): FixedWorld => ({ seed, plain: true });

const hard = (seed: number): FixedWorld => ({ seed, plain: false, hardships: true });

/** The worlds under which every mutant must be caught. */
export const fixedWorlds: readonly FixedWorld[] = [
  ...Array.from({ length: 32 }, (_, index) => varied(index + 1)),
  ...Array.from({ length: 8 }, (_, index) => plain(index + 1)),
  ...telling.map(plain),
  ...tellingVaried.map(varied),
  ...rare.map(plain),
  ...rareVaried.map(varied),
  ...Array.from({ length: 4 }, (_, index) => hard(index + 1)),
  ...tellingHard.map(hard),
  ...rareHard.map(hard),
];
