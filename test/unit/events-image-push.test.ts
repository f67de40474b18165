import { describe, expect, it } from '@jest/globals';
import { parseImagePush } from '../../lib/events/image-push.ts';
import { PermanentError } from '../../lib/errors.ts';
import { sampleEvent, sampleNames } from '../fixtures/sample-event.ts';

const digest = 'sha256:d7a73e043a0ce9092c77c4d727f2bec2d8cb758cf6988d558cb399da13583e74';
const manifest = 'application/vnd.oci.image.manifest.v1+json';
const config = 'application/vnd.oci.image.config.v1+json';

const ofImages = /^ecr-(push|delete|replication)/;

describe('parseImagePush', () => {
  it('reads a tagged push whole', () => {
    expect(parseImagePush(sampleEvent('ecr-push-tagged'))).toStrictEqual({
      repository: 'my-web-app',
      origin: 'push',
      action: 'PUSH',
      result: 'SUCCESS',
      digest,
      tag: 'v1.42.0',
      mediaType: manifest,
      artifactMediaType: config,
      account: '123456789012',
      region: 'eu-west-1',
      time: '2026-11-20T09:14:07.000Z',
    });
  });

  it('reads a replication as a push of its own origin', () => {
    expect(parseImagePush(sampleEvent('ecr-replication'))).toStrictEqual({
      repository: 'my-web-app',
      origin: 'replication',
      action: 'REPLICATE',
      result: 'SUCCESS',
      digest,
      tag: 'v1.42.0',
      account: '123456789012',
      region: 'eu-west-1',
      time: '2026-11-20T09:14:33.000Z',
    });
  });

  it.each<[name: string, given: unknown]>([
    ['an empty tag', sampleEvent('ecr-push-untagged-child')],
    ['no tag at all', sampleEvent('ecr-push-untagged-without-keys')],
    ['a tag of null', sampleEvent('ecr-push-tagged', { 'image-tag': null })],
  ])('takes %s for untagged', (_, given) => {
    expect(parseImagePush(given)).not.toHaveProperty('tag');
  });

  it('leaves out what is not told', () => {
    const push = parseImagePush(sampleEvent('ecr-push-untagged-without-keys', { 'image-digest': undefined }));
    expect(Object.keys(push)).toStrictEqual(['repository', 'origin', 'action', 'result', 'account', 'region', 'time']);
  });

  it('keeps slashes in the repository and lets unknown fields through', () => {
    const event = {
      ...sampleEvent('ecr-push-tagged', { 'repository-name': 'team/my-web-app', 'new-field': { deep: 1 } }),
      'replay-name': 'again',
    };
    expect(parseImagePush(event)).toMatchObject({ repository: 'team/my-web-app', tag: 'v1.42.0' });
  });

  it.each(sampleNames.filter((name) => ofImages.test(name)))('reads %s', (name) => {
    expect(parseImagePush(sampleEvent(name))).toMatchObject({ result: 'SUCCESS', account: '123456789012' });
  });

  it.each(sampleNames.filter((name) => !ofImages.test(name)))('does not take %s for a push', (name) => {
    expect(() => parseImagePush(sampleEvent(name))).toThrow(PermanentError);
  });
});

describe('a malformed event', () => {
  const broken = sampleEvent('ecr-push-tagged', { 'repository-name': 7, 'image-tag': 'hunter2' });

  it('is permanent and says what was wrong with which event', () => {
    expect(() => parseImagePush(broken)).toThrow(PermanentError);
    expect(() => parseImagePush(broken)).toThrow(
      /ECR Image Action 95a31802-ac15-80e4-d74e-8583343b9824.*expected string.*repository-name/s,
    );
  });

  it('is never repeated whole', () => {
    expect(() => parseImagePush(broken)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
  });

  it.each<[what: string, given: unknown, said: RegExp]>([
    ['nothing', undefined, /no envelope but undefined/],
    ['null', null, /no envelope but null/],
    ['a text', 'push', /no envelope but string/],
    ['no id', { 'detail-type': 'ECR Image Action' }, /ECR Image Action no id/],
    ['no detail', { ...sampleEvent('ecr-push-tagged'), detail: undefined }, /at detail/],
    ['an empty repository', sampleEvent('ecr-push-tagged', { 'repository-name': '' }), /repository-name/],
    ['a time that is none', { ...sampleEvent('ecr-push-tagged'), time: 'Nov 20, 2026, 9:14:07 AM' }, /at time/],
    ['a day that the calendar lacks', { ...sampleEvent('ecr-push-tagged'), time: '2026-02-30T09:14:07Z' }, /at time/],
  ])('of %s is permanent', (_, given, said) => {
    expect(() => parseImagePush(given)).toThrow(PermanentError);
    expect(() => parseImagePush(given)).toThrow(said);
  });
});
