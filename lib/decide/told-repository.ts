import type { RepositoryName } from '../domain/image.ts';

/** Whether what an event calls a repository, in an account and a region, is the one that the configuration names. */
export function isToldRepository(told: { repository: string; account: string; region: string }, wanted: RepositoryName): boolean {
  const full = new RegExp(`^${told.account}\\.dkr\\.ecr\\.${told.region}\\.[a-z.]+/`);
  return told.repository === (full.test(wanted) ? wanted.slice(wanted.indexOf('/') + 1) : wanted);
}
