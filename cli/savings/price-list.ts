import type { Price } from '../../lib/domain/savings.ts';

type Row = readonly [region: string, platform: Price['platform'], vcpuHour: number, gbHour: number, asOf: string];

/**
 * What Fargate asks on demand for an hour of Linux, in US dollars, as AWS's price list of each region says it: copied on 2026-11-25 from public
 * documents that quote that list by its address, as of the day on which they read it (docs/savings.md names what is left out, and why).
 */
const rows: readonly Row[] = [
  ['us-east-1', 'linux/amd64', 0.04048, 0.004445, '2026-09-30'],
  ['us-east-1', 'linux/arm64', 0.03238, 0.00356, '2026-08-05'],
  ['us-east-2', 'linux/amd64', 0.04048, 0.004445, '2026-09-10'],
  ['us-east-2', 'linux/arm64', 0.03238, 0.00356, '2026-09-10'],
  ['us-west-2', 'linux/amd64', 0.04048, 0.004445, '2026-07-28'],
  ['us-west-2', 'linux/arm64', 0.03238, 0.00356, '2026-09-28'],
  ['ca-central-1', 'linux/amd64', 0.04456, 0.004865, '2026-09-19'],
  ['sa-east-1', 'linux/arm64', 0.0557, 0.00612, '2026-10-07'],
  ['eu-west-1', 'linux/amd64', 0.04048, 0.004445, '2026-05-01'],
  ['eu-west-1', 'linux/arm64', 0.03238, 0.00356, '2026-05-01'],
  ['eu-west-2', 'linux/amd64', 0.04656, 0.00511, '2026-10-07'],
  ['eu-west-2', 'linux/arm64', 0.03725, 0.00409, '2026-10-06'],
  ['eu-west-3', 'linux/amd64', 0.0486, 0.0053, '2026-05-29'],
  ['eu-central-1', 'linux/amd64', 0.04656, 0.00511, '2026-10-08'],
  ['eu-central-1', 'linux/arm64', 0.03725, 0.00409, '2026-10-08'],
  ['af-south-1', 'linux/amd64', 0.0546, 0.006, '2026-08-31'],
  ['ap-south-1', 'linux/amd64', 0.04256, 0.004655, '2026-10-05'],
  ['ap-south-1', 'linux/arm64', 0.02383, 0.00261, '2026-10-04'],
  ['ap-northeast-1', 'linux/amd64', 0.05056, 0.00553, '2026-09-11'],
  ['ap-northeast-2', 'linux/amd64', 0.04656, 0.00511, '2026-10-09'],
  ['ap-southeast-1', 'linux/amd64', 0.05056, 0.00553, '2026-10-05'],
  ['ap-southeast-1', 'linux/arm64', 0.04045, 0.00442, '2026-09-08'],
  ['ap-southeast-2', 'linux/amd64', 0.04856, 0.00532, '2026-10-09'],
];

/** The prices that the command line knows by itself; Spot's change from day to day, so that none is among them. */
export const priceList: readonly Price[] = rows.map(([region, platform, vcpuHour, gbHour, asOf]) => ({
  region,
  launch: 'fargate',
  platform,
  vcpuHour,
  gbHour,
  asOf,
  source: `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonECS/current/${region}/index.json`,
}));
