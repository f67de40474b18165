import { beforeAll, describe, expect, it } from '@jest/globals';
import { settingsOf } from '../../bench/packaging.ts';
import { gzippedAllowedKb, packedBundle, weigh } from '../../bench/weight.ts';
import { functionNames } from '../../plugin/functions.ts';
import { packaged } from '../fixtures/packaged.ts';

let folder: string;

// Asks for scans and for nights: what a configuration may leave out of a bundle is in it.
beforeAll(async () => {
  folder = await packaged('gates');
}, 120_000);

describe('The bundle of', () => {
  it.each(functionNames)('%s weighs no more above its SDK clients than the budget allows', async (name) => {
    const { bundling } = await settingsOf(folder);
    const { ours, clients } = await weigh(name, folder, bundling);
    expect(ours - clients).toBeLessThan(gzippedAllowedKb);
  });

  it.each(functionNames)('%s carries no validator, and no source of credentials that Lambda lacks', async (name) => {
    const text = new TextDecoder().decode(await packedBundle(name, folder));
    const found = ['AWS_SESSION_TOKEN', 'ZodError', 'sso_start_url', 'AWS_WEB_IDENTITY_TOKEN_FILE'].filter((word) => text.includes(word));
    expect(found).toEqual(['AWS_SESSION_TOKEN']);
  });
});
