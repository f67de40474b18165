import { describe, expect, it } from '@jest/globals';
import { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import { Registries } from '../../sandbox/model/ecr/registries.ts';
import type { RegistryPlace } from '../../sandbox/model/ecr/registries.ts';
import { manifestOf } from '../fixtures/ecs-world.ts';

const [account, region] = ['123456789012', 'eu-west-1'];
const other: RegistryPlace = { account: '210987654321', region: 'us-east-1' };
const pulling = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const execution = `arn:aws:iam::${account}:role/web-execution`;

function registriesWith(policy: { Principal: object | string; Action: string[]; Condition?: object } | undefined): [Registries, string] {
  const registries = new Registries({
    agenda: new SteppedAgenda(new Date('2026-01-05T10:00:00.000Z')),
    emit: () => undefined,
    account,
    region,
  });
  const theirs = registries.of(other);
  const repository = theirs.createRepository({ repositoryName: 'web' });
  if (policy) repository.policy = { Statement: { Effect: 'Allow', ...policy } as never };
  const { manifest } = theirs.putImage('web', { imageTag: 'latest', imageManifest: manifestOf('crash') });
  return [registries, `${repository.uri}@${manifest.digest}`];
}

describe('ECS pulls from another account', () => {
  it.each<[name: string, found: boolean, policy: Parameters<typeof registriesWith>[0]]>([
    ['where the repository lets the account', true, { Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: pulling }],
    ['where it lets the role of its tasks', true, { Principal: { AWS: execution }, Action: pulling }],
    ['where it lets everybody', true, { Principal: '*', Action: ['ecr:*'] }],
    ['not without a policy', false, undefined],
    ['not where it lets another account', false, { Principal: { AWS: 'arn:aws:iam::333333333333:root' }, Action: pulling }],
    ['not where layers stay shut', false, { Principal: { AWS: execution }, Action: ['ecr:BatchGetImage'] }],
    [
      'not where only functions are let in',
      false,
      { Principal: '*', Action: pulling, Condition: { StringLike: { 'aws:PrincipalArn': '*autopilot*' } } },
    ],
  ])('%s', (_, found, policy) => {
    const [registries, image] = registriesWith(policy);
    expect(registries.behaviour(image, 'amd64')?.run).toBe(found ? 'crash' : undefined);
  });

  it('not by the name of another region, nor by that of its own account', () => {
    const [registries, image] = registriesWith({ Principal: '*', Action: pulling });
    for (const wrong of [image.replace('us-east-1', 'eu-west-1'), image.replace(other.account, account)])
      expect(registries.behaviour(wrong, 'amd64')).toBeUndefined();
  });
});

describe('The registry of the account itself', () => {
  it('is the same in every region', () => {
    const [registries] = registriesWith(undefined);
    expect(registries.of({ account, region: 'us-east-1' })).toBe(registries.own);
  });
});
