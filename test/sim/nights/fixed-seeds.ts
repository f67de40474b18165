/** Seeds of worlds with nights that run with every `npm test`: the first few, and those that once found a defect or tell a rare mutant. They stay for good. */
export const nightSeeds: readonly number[] = [
  1, 2, 3, 4, 5, 19, 40, 62, 840_219, 842_797, 5_000_451, 5_001_894, 5_002_242, 6_000_312, 6_001_326, 30_938, 16_001_508, 72_672,
  22_202_130, 25_006_797, 10_005_207, 10_007_706, 10_010_217, 11_001_213, 10_006_395, 10_008_765, 8_008_461, 10_000_596, 10_003_848,
  10_012_359, 11_005_365,
];
