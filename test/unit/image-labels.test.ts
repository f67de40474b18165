import { describe, expect, it } from '@jest/globals';
import { imageLabels, type ImageLabels } from '../../lib/domain/image-labels.ts';
import { labelFacts } from '../../lib/notifications/label-facts.ts';
import { isLink } from '../../lib/notifications/wording.ts';
import { plantedSecrets } from '../fixtures/planted-secrets.ts';

const sha = '9f2c1e7ab04d5c6e8f1029384756afbecd012345';

describe('the labels of an image', () => {
  it.each<[name: string, labels: Record<string, unknown>, read: ImageLabels]>([
    [
      "are OCI's",
      {
        'org.opencontainers.image.revision': sha,
        'org.opencontainers.image.authors': 'Anna <anna@example.com>',
        'org.opencontainers.image.source': 'https://github.com/shop/web',
        'org.opencontainers.image.version': 'v1.42.0',
      },
      { revision: sha, authors: 'Anna <anna@example.com>', source: 'https://github.com/shop/web', version: 'v1.42.0' },
    ],
    [
      "are label-schema's",
      { 'org.label-schema.vcs-ref': 'abc1234', 'org.label-schema.vcs-url': 'git@github.com:shop/web.git', 'org.label-schema.version': '7' },
      { revision: 'abc1234', source: 'git@github.com:shop/web.git', version: '7' },
    ],
    ['are customary ones', { 'git.commit': sha, 'git.author': 'Anna', maintainer: 'Ben' }, { revision: sha, authors: 'Anna' }],
    ['say nothing where they are empty', { 'org.opencontainers.image.revision': ' ', 'git.commit': sha }, { revision: sha }],
    ['are texts alone', { 'org.opencontainers.image.version': 7, version: null, maintainer: ['a'] }, {}],
    [
      'are one line without control characters',
      { maintainer: 'An\u0000na\r\n\u202E\u2028Ben\uD800' },
      { authors: 'An na Ben \uFFFD'.replace(' \uFFFD', '\uFFFD') },
    ],
    ['are cut', { maintainer: 'a '.repeat(150) }, { authors: `${'a '.repeat(150).slice(0, 199)}…` }],
    ['that are much too long are none', { maintainer: 'a '.repeat(1001) }, {}],
  ])('%s', (_, labels, read) => {
    expect(imageLabels(labels)).toEqual(read);
  });

  it.each(plantedSecrets.map((planted) => [planted.name, planted] as const))('hide %s', (_, { text, secrets }) => {
    const said = JSON.stringify(Object.keys(imageLabelNames).map((name) => imageLabels({ [name]: text })));
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    expect(said).not.toBe('[{},{},{},{}]');
  });
});

const imageLabelNames = { version: 1, maintainer: 1, 'git.commit': 1, 'vcs-url': 1 };

describe('what an image says of its source', () => {
  const commit = { revision: sha };
  it.each<[source: string, told: string]>([
    ['https://github.com/shop/web', `https://github.com/shop/web/commit/${sha}`],
    ['https://github.com/shop/web.git', `https://github.com/shop/web/commit/${sha}`],
    ['https://github.com/shop/web#main:app', `https://github.com/shop/web/commit/${sha}`],
    ['https://anna:hunter2@github.com/shop/web', `https://github.com/shop/web/commit/${sha}`],
    ['git@github.com:shop/web.git', `https://github.com/shop/web/commit/${sha}`],
    ['ssh://git@gitlab.com/group/sub/web.git', `https://gitlab.com/group/sub/web/-/commit/${sha}`],
    ['git+https://bitbucket.org/team/web/', `https://bitbucket.org/team/web/commits/${sha}`],
    ['HTTPS://GitHub.com/shop/web', `https://github.com/shop/web/commit/${sha}`],
    ['https://github.com/shop/web/tree/main/app', `https://github.com/shop/web/commit/${sha}`],
    ['https://gitlab.com/group/sub/web/-/tree/main/app', `https://gitlab.com/group/sub/web/-/commit/${sha}`],
    ['https://git.example.com/shop/web', 'git.example.com/shop/web'],
    ['git@git.example.com:shop/web', 'git@git.example.com:shop/web'],
    ['_https://evil.example/_', '_evil.example/_'],
    ['hthttps://tps://evil.example', 'evil.example'],
    ['https://github.com.evil.example/shop/web', 'github.com.evil.example/shop/web'],
    ['https://github.com@evil.example/shop/web', 'github.com@evil.example/shop/web'],
    ['https://github.com/shop/../../login', 'github.com/shop/../../login'],
    ['https://github.com/shop', 'github.com/shop'],
    ['javascript:alert(1)', 'alert(1)'],
    ['data:text/html,<script>', 'text/html,<script>'],
    ['see the wiki', 'see the wiki'],
  ])('%s is told as %s', (source, told) => {
    const [, value = ''] = labelFacts({ ...commit, source }, undefined).find(([label]) => label === 'Source') ?? [];
    expect(value).toBe(told);
    expect(isLink(value)).toBe(value.startsWith('https://'));
  });

  it('leads to the repository alone where the commit is none', () => {
    expect(labelFacts({ revision: 'main<script>', source: 'https://github.com/shop/web' }, undefined)).toEqual([
      ['Commit', 'main<script>'],
      ['Source', 'https://github.com/shop/web'],
    ]);
  });

  it('gives nobody a link by what stands in the place of a commit, an author or a version', () => {
    const address = 'https://evil.example/login';
    expect(labelFacts({ revision: address, authors: `Anna, ${address}`, version: address }, 'latest')).toEqual([
      ['Commit', 'evil.example/login'],
      ['Author', 'Anna, evil.example/login'],
      ['Version', 'evil.example/login'],
    ]);
  });

  it('tells a commit by its beginning, and a version only where the tag does not', () => {
    expect(labelFacts({ revision: sha, authors: 'Anna', version: 'v1.42.0' }, 'v1.42.0')).toEqual([
      ['Commit', '9f2c1e7ab04d'],
      ['Author', 'Anna'],
    ]);
    expect(labelFacts({ version: 'v1.42.0' }, 'latest')).toEqual([['Version', 'v1.42.0']]);
  });
});
