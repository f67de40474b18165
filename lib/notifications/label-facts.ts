import type { ImageLabels } from '../domain/image-labels.ts';

/** Of the forges whose addresses are known, how one leads to a commit. */
const commits: Readonly<Record<string, string>> = { 'github.com': 'commit', 'gitlab.com': '-/commit', 'bitbucket.org': 'commits' };

const addresses = [
  /^(?:git\+)?https?:\/\/(?:[^\s/@]*@)?([a-z.]+)\/([\w./~-]+)/i,
  /^(?:git\+)?ssh:\/\/(?:[^\s/@]*@)?([a-z.]+)\/([\w./~-]+)/i,
  /^git@([a-z.]+):([\w./~-]+)/i,
];

/** What would make of a text an address to open: a channel turns one into a link, or a button, wherever it stands. */
const schemes = /[a-z][a-z\d+.-]*:\/\/+|\b(?:data|javascript|mailto|tel|vbscript):/gi;

/** What an image says of its commit, its author and its source. Only an address at a known forge is one to open; all else is told as text. */
export function labelFacts({ revision, authors, source, version }: ImageLabels, tag: string | undefined): [label: string, value: string][] {
  const sha = revision !== undefined && /^[\da-f]{7,64}$/i.test(revision);
  const link = source === undefined ? undefined : linkOf(source, sha ? revision : undefined);
  const facts: [string, string | undefined][] = [
    ['Commit', sha ? revision.slice(0, 12) : plain(revision)],
    ['Author', plain(authors)],
    ['Version', version === tag ? undefined : plain(version)],
    ['Source', link ?? plain(source)],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
}

function plain(text: string | undefined): string | undefined {
  return text?.replaceAll(schemes, '');
}

function linkOf(source: string, sha: string | undefined): string | undefined {
  const [, host = '', path = ''] = addresses.map((address) => address.exec(source)).find((found) => found !== null) ?? [];
  const commit = commits[host.toLowerCase()];
  // Behind the repository may stand a folder of it: GitLab sets that apart, the others name a repository in two parts.
  const [own = ''] = (host.toLowerCase() === 'gitlab.com' ? /^.*?(?=\/-\/|$)/ : /^[^/]*(?:\/[^/]*)?/).exec(path) ?? [];
  const repository = own.replace(/\/+$/, '').replace(/\.git$/, '');
  if (commit === undefined || !/^[\w~-][\w.~-]*(?:\/[\w~-][\w.~-]*)+$/.test(repository)) return undefined; // No empty part, none of dots alone.
  return `https://${host.toLowerCase()}/${repository}${sha === undefined ? '' : `/${commit}/${sha}`}`;
}
