import * as z from 'zod';
import { endlessness } from './expression-cost.ts';
import { readExpression } from './expression.ts';
import { choice, mapping, text, yesNo } from './leaves.ts';
import { rangeFault } from './version-range.ts';

const expressionMost = 256;

/** Why a text is no expression of tags; undefined where it is one. */
function expressionFault(source: string): string | undefined {
  if (source === '' || source.length > expressionMost) return `a regular expression of 1 to ${expressionMost} characters`;
  const read = readExpression(source);
  if ('fault' in read) return `a regular expression; of this one: ${read.fault}`;
  const endless = endlessness(read.whole);
  return endless === undefined ? undefined : `a regular expression, and ${endless}`;
}

/** A text about which something else tells what is wrong. */
function judged(faultOf: (value: string) => string | undefined, allowed: string) {
  return z.string({ error: allowed }).superRefine((value, context) => {
    const message = faultOf(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

const expression = () => judged(expressionFault, "a regular expression, such as '^v(?<key>.+)$'");

const tagRule = mapping({
  match: expression()
    .optional()
    .describe(
      'Regular expression that a tag matches; its group `key`, else all that it matches, is what is ordered by. Default: every tag.',
    ),
  except: expression().optional().describe('Regular expression of tags that are not taken, whatever `match` says.'),
  order: choice(['semver', 'numeric', 'alphabetical', 'newest'])
    .optional()
    .describe('What makes one tag newer than another. Default: newest, the last push.'),
  range: judged(rangeFault, "a range of versions in quotes, such as '^1.2'")
    .optional()
    .describe('Versions taken, as npm writes ranges. For order: semver.'),
  prereleases: yesNo()
    .optional()
    .describe('true: pre-releases as well. Default: only where the range names one of the same version. For order: semver.'),
});

const tagAllowed = 'one tag such as latest, or a glob such as "main-*" with at most four stars, in quotes where it looks like a number';
const tag = text(/^(?:\w[\w.-]{0,127}|(?=.*[*?[{!(])(?!(?:[^*]*\*+){5})[\w.*?[\]{}!(),@+|^-]{1,128})$/, tagAllowed);

/** Which tags are taken, and which of them is the newest. */
export const tags = z
  .union([tag, tagRule], { error: `${tagAllowed}; or a mapping of match, except, order, range, prereleases` })
  .describe('One tag (whatever it names now is deployed), a glob (the newest push that matches is), or a rule with an order of its own.');

export type RawTags = z.input<typeof tags>;
export type RawTagRule = z.input<typeof tagRule>;
