/** What each task of a revision has while it runs. */
export interface TaskSize {
  vcpu: number;
  gb: number;
}

/** What a revision says of its tasks; what it does not say is absent. */
export interface TaskShape {
  size?: TaskSize;
  /** `linux/arm64`; absent where only the container instances know. */
  platform?: string;
  /** Ephemeral storage beyond the 20 GB that Fargate includes. */
  extraStorageGb?: number;
}

export const priceLaunches = ['fargate', 'fargate-spot'] as const;
export const pricePlatforms = ['linux/amd64', 'linux/arm64', 'windows/amd64'] as const;

/** What Fargate asks for an hour, in US dollars. */
export interface Price {
  /** Absent: wherever. */
  region?: string;
  launch: (typeof priceLaunches)[number];
  platform: (typeof pricePlatforms)[number];
  vcpuHour: number;
  gbHour: number;
  /** Who says so. */
  source: string;
  /** The day as of which that held, where it is known. */
  asOf?: string;
}
