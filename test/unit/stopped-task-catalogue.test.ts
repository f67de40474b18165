import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { catalogue, type CatalogueRow } from '../../lib/decide/stopped-task/catalogue.ts';
import { causes, ownCauseRows, repeatedRows } from '../../lib/decide/stopped-task/causes.ts';
import { describeRow } from '../../lib/decide/stopped-task/describe-row.ts';
import { harmlessCauses } from '../../lib/decide/stopped-task/harmless-causes.ts';
import { countsAgainst } from '../../lib/decide/stopped-task/match-row.ts';

const numbers = (rows: CatalogueRow[]): number[] => rows.map(({ n }) => n);
const guilty = catalogue.filter(countsAgainst);
const rules = JSON.parse(readFileSync(new URL('../fixtures/stopped-task-rules.json', import.meta.url), 'utf8')) as CatalogueRow[];

describe('the catalogue of stopped tasks', () => {
  it('is the reference, word for word, in all that a decision reads', () => {
    expect(catalogue).toStrictEqual(rules.map(({ n, category, when, counts }) => ({ n, category, when, counts })));
  });

  it('numbers its 48 rows from 1 on', () => {
    expect(catalogue.map(({ n }) => n)).toStrictEqual(Array.from({ length: 48 }, (_, index) => index + 1));
  });

  it('ends with a row that matches everything', () => {
    expect(catalogue.at(-1)?.when).toStrictEqual({});
  });

  it.each(catalogue.map(({ n, category }) => [n, category] as const))('explains row %i, %s, in sentences without their full stop', (n) => {
    expect(harmlessCauses[n] ?? causes[n]?.slice(1)).toStrictEqual([
      expect.stringMatching(/^[A-Z].*[^.]$/),
      expect.stringMatching(/^[A-Z].*[^.]$/),
    ]);
  });

  it('explains what counts by name, and apart from what counts against nobody', () => {
    expect(Object.entries(causes).map(([n, [category]]) => [Number(n), category])).toStrictEqual(
      guilty.map(({ n, category }) => [n, category]),
    );
    expect(Object.keys(harmlessCauses).map(Number)).toStrictEqual(numbers(catalogue.filter((row) => !countsAgainst(row))));
  });

  it('holds the image itself to blame only for rows that count', () => {
    expect(catalogue.filter(({ n }) => ownCauseRows.has(n)).map(({ category, counts }) => [category, counts])).toStrictEqual([
      ['HEALTH_LB', 'yes'],
      ['HEALTH_CONTAINER', 'yes'],
      ['ARCH_MISMATCH', 'yes'],
      ['OOM', 'yes'],
      ['BAD_COMMAND', 'yes'],
      ['SIGKILL', 'yes'],
      ['SEGFAULT', 'yes'],
      ['ABORT', 'yes'],
      ['CMD_NOT_FOUND', 'yes'],
      ['EXIT_0_SERVICE', 'yes'],
      ['APP_ERROR', 'yes'],
      ['UNKNOWN_EXIT', 'yes'],
    ]);
  });

  it('knows the rows that count only when they repeat', () => {
    expect([...repeatedRows]).toStrictEqual([19, 34, 42]);
    expect([...repeatedRows]).toStrictEqual(numbers(catalogue.filter(({ counts }) => counts === 'if-repeated')));
  });
});

describe('describeRow', () => {
  it('says what a counted failure was, where only its row is left', () => {
    expect(describeRow(32)).toStrictEqual({
      row: 32,
      category: 'OOM',
      counts: 'yes',
      cause:
        "A container was killed, since it used more memory than it may. Raise the memory of the container or the task, or lower the application's heap.",
    });
  });

  it.each(guilty.map((row) => [row.n, row] as const))('says of row %i what the catalogue says', (n, { category, counts }) => {
    expect(describeRow(n)).toMatchObject({ row: n, category, counts });
  });

  it.each([0, 1, 48, 49, 1.5])('knows no counted row %d', (row) => {
    expect(describeRow(row)).toBeUndefined();
  });
});
