/** Whose account the world is in. */
export const place = { account: '123456789012', region: 'eu-west-1' } as const;

/** Host of the account's registry. */
export const registry = `${place.account}.dkr.ecr.${place.region}.amazonaws.com`;

export const minuteMs = 60_000;

/** When the product is installed: everything is told in minutes from here. */
export const installedAt = new Date('2026-11-23T08:00:00.000Z');

/** Cluster and name of `cluster/service`. */
export function partsOf(service: string): { cluster: string; name: string } {
  const slash = service.indexOf('/');
  return { cluster: service.slice(0, slash), name: service.slice(slash + 1) };
}
