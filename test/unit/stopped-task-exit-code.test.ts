import { describe, expect, it } from '@jest/globals';
import { exitCodeMeaning } from '../../lib/decide/stopped-task/exit-code.ts';

describe('exitCodeMeaning', () => {
  it.each<[code: number, meaning: string]>([
    [0, 'it ended by itself, without an error'],
    [1, 'it ended with an error of its own'],
    [126, 'its command may not be run'],
    [127, 'its command was not found'],
    [128, 'it ended with an error of its own'],
    [129, 'it was ended by signal 1'],
    [137, 'it was killed (SIGKILL), for its memory or for not ending in time'],
    [139, 'it crashed (SIGSEGV)'],
    [143, 'it was asked to end (SIGTERM)'],
    [192, 'it was ended by signal 64'],
    [193, 'it ended with an error of its own'],
    [255, 'it ended with an error of its own'],
  ])('of %i: %s', (code, meaning) => {
    expect(exitCodeMeaning(code)).toBe(meaning);
  });
});
