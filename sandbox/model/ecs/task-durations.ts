/** How long each step takes, in milliseconds, between these bounds: some 20 to 40 seconds to RUNNING on Fargate. */
export const takes = {
  provisioning: [7_000, 12_000],
  pulling: [8_000, 18_000],
  failingToPull: [40_000, 60_000],
  activating: [2_000, 6_000],
  deactivating: [500, 2_000],
  obeying: [300, 3_000],
  deprovisioning: [10_000, 20_000],
  vanishing: [30_000, 60_000],
  spotWarning: [120_000, 120_000],
} as const;
