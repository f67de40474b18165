/**
 * Grants that no test end to end uses, each with the reason for which it is granted. A whole run of the tests prints this list at its end, and
 * fails where a grant that was never used is missing here, or one that stands here was used.
 */
export const unusedGrants: Record<string, string> = {};
