const mask = '•••';

/** Whose values are never shown, however they are written: `password=…`, `"apiKey": "…"`, `DB_PASS: …`, `--token …`; also over the end of a line. */
const names =
  'passwo?r?d|passwd|passphrase|(?:pass|pwd|auth)(?![a-z])|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|dsn(?![a-z])';
const options = new RegExp(`((?:^|[\\s"'])--?[\\w-]{0,64}(?:${names})[\\w-]{0,64})(\\s+)(?!-)("[^"]*"|'[^']*'|[^\\s"',;]+)`, 'gi');
const named = new RegExp(`((?:^|[^a-z])[\\w.-]*(?:${names})[\\w.-]*["']?\\s*(?:=|:|=>)\\s*)("[^"]*"|'[^']*'|[^\\s"',;&}]+)`, 'gim');

/** Each with what is kept of it: first the whole blocks, last what only looks like a secret. */
const patterns: [what: RegExp, kept: string][] = [
  [/-----BEGIN\s[A-Z\s]*-----[\s\S]*?(?:-----END\s[A-Z\s]*-----|$)/g, `-----BEGIN ${mask}`],
  [/^[\s\S]*?-----END\s[A-Z\s]*-----/g, `${mask} END-----`],
  [/\b(authorization["']?\s*[:=]\s*["']?)?(basic|bearer|digest|token)\s+[\w+/=.~-]{6,}/gi, `$1$2 ${mask}`],
  [/\beyJ[\w-]{4,}(?:\s*\.\s*[\w-]*){0,2}/g, mask], // JSON Web Tokens
  [/\b([a-z][a-z\d+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, `$1:${mask}@`], // a password in an address
  [/\b(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[A-Z\d]{12,}\b/g, mask], // access keys of AWS
  [/\b(?:xox[a-z]-|gh[pousr]_|github_pat_|glpat-|sk_live_|sk-|npm_|hvs\.)[\w-]{8,}/g, mask], // tokens that say whose they are
  [/([?&](?:sig|signature|x-amz-signature|x-amz-security-token|x-amz-credential|key|code)=)[^&\s"']+/gi, `$1${mask}`],
  [/(?<![\w/+=.:-])(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])[\w+/-]{32,}={0,2}(?![\w/+=-])/g, mask], // long and mixed
];

/**
 * A text without what looks like a secret, line for line as long as it was. Better one word too many hidden than one told: names of images, ids
 * of 32 hex digits and digests stay.
 */
export function masked(text: string): string {
  const hidden = patterns.reduce((rest, [what, kept]) => rest.replaceAll(what, kept), text);
  return hidden
    .replaceAll(options, `$1$2${mask}`)
    .replaceAll(named, (whole, name: string, value: string) =>
      value === mask || /^(?:basic|bearer)$/i.test(value) ? whole : `${name}${mask}`,
    );
}
