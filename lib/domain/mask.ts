const mask = '•••';

// Every repetition below has an end, and none begins where another could have begun as well: a line of 100 kB takes milliseconds, whatever it holds.

/** Whose values are never shown, however the name goes on: `DB_PASS`, `apiKey`, `client_secret_id`. */
const names = [
  'passwo?r?[dt]|passwd|mot_de_passe|pass(?:phrase|code)|(?:pass|pwd|pw|auth|creds?|pin|dsn)(?![a-z])',
  '(?<!:\\d{12}:)secret(?!smanager)|token(?!iz)|credential|signature|(?<!set-)cookie|set-cookie|session_?id|connect\\.sid|authorization',
  '(?:api|app|access|account|auth|encrypt(?:ion)?|license|master|private|shared|sign(?:ing)?|storage)[_-]?key',
].join('|');
const rest = '(?![\\w.-]{0,60}(?:error|exception))[\\w.-]{0,60}';

/** What may stand between a name and its value: `=`, `: `, `" => `, `\": `, `'] = `, `%3D`, `","` of a list, `>` of XML. */
const closing = `(?:\\\\{0,4}["'\`]|%5d|\\]|\\(\\)){0,3}`;
const blank = '\\s{0,40}';
const between = `(?:${closing}${blank}(?:=>|:=|->|={1,3}|:|：|%3d|\\|)${blank}(?:-\\s)?|\\\\{0,4}["']${blank},${blank}(?:["']?value["']?${blank}:${blank})?(?=\\\\{0,4}["'])|>(?! )|(?<!unexpected token)\\s{1,4}(?=["']))`;

/** A value: in quotes, with escapes in it or escaped as a whole; in brackets; or a word, over commas and the like unless another name follows them. */
const word = `[^\\s"'\`,;&}<]`;
const otherName = `(?![\\w.-]{0,60}["']?[=:])`;
const value = [
  `\\\\{1,4}(?<quote>["'])(?:(?!\\\\{1,4}\\k<quote>).)*`,
  `(?:"""|''').*`,
  `(?:[bruf]{1,2}|[a-z.]{1,30}\\()?(?:"(?:[^"\\\\\\n]|\\\\.)*"?|'(?:[^'\\\\\\n]|\\\\.)*'?|\`[^\`\\n]*\`?)`,
  `[[{(][^\\n\\])}]*`,
  `(?:(?:basic|bearer|digest|token|negotiate)\\s+)?(?:[,;&}]{1,3}${otherName})?${word}+(?:(?:[,;&}]{1,3}${otherName}|["'\`](?=\\w))${word}+)*`,
].join('|');
const named = new RegExp(`((?:${names})${rest}${between})(${value})`, 'gi');

/** An option of a command and what follows it: `--db-password hunter2`, `-u admin:hunter2`. */
const option = new RegExp(
  `((?:^|[\\s"'])--?[\\w.-]{0,40}(?:${names})${rest}\\s+)(?!-)(?:"[^"\\n]*"?|'[^'\\n]*'?|\\S+)|((?:\\s|^)(?:-u|--user)\\s+[^\\s:]{1,100}:)\\S+`,
  'gi',
);

/** In a sentence: `the password is hunter2`. A word of letters alone is one of the sentence. */
const told = /\b(pass(?:word|wd|code|phrase)|secret|token|api[ -]?key)(\s+(?:is\s+|was\s+)?["']?)(?!arn:)(?=[^\s"']{0,200}\d)[^\s"']{6,}/gi;

/** What says of itself that it is a secret. */
const tokens = [
  'xox[a-z]-|xapp-|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|[rs]k_(?:live|test)_|whsec_|sk-(?=[\\w-]{0,60}\\d)|hv[bsr]\\.|AIza|ya29\\.|GOCSPX-|SG\\.',
  'dckr_pat_|shp[a-z]{2}_|pypi-|rubygems_|dop_v1_|dp\\.[a-z]{2,4}\\.|NRAK-|sntrys_|lin_api_|ATATT|npm_(?=[A-Za-z0-9]{30})|s\\.(?=[A-Za-z0-9]{20})',
].join('|');

/** Each with what is kept of it: first the whole blocks, last what only looks like a secret. */
const patterns: [what: RegExp, kept: string][] = [
  [/-----BEGIN\s[A-Z\s]{0,40}-----[\s\S]*?(?:-----END\s[A-Z\s]{0,40}-----|$)/g, `-----BEGIN ${mask}`],
  [/^[\s\S]*?-----END\s[A-Z\s]{0,40}-----/g, `${mask} END-----`],
  [/\b(basic|bearer|token)(\s+)(?![a-z]{1,20}(?![\w+/=.~-]))[\w+/=.~-]{6,}/gi, `$1$2${mask}`],
  [/\b((?:set-)?cookie|authorization)(:\s{0,4})(?!["'])[^\n]+/gi, `$1$2${mask}`],
  [/\beyJ[\w-]{4,}(?:\s{0,40}\.\s{0,40}[\w-]*){0,2}/g, mask], // JSON Web Tokens
  [/(:\/\/[^\s:/@"']{0,200}):(?!\d{1,5}(?:[/?#\s]|$))[^\s"'<>]{1,300}@/g, `$1:${mask}@`], // a password in an address
  [/(:\/\/)(?=[^\s:/@]{0,200}\d)[^\s:/@"']{12,200}@/g, `$1${mask}@`], // a token in the place of a name
  [/(\bthin:[^\s/@]{1,100}\/)[^\s@]{1,200}@/gi, `$1${mask}@`], // Oracle's way to write both
  [/(\b(?:hooks\.slack\.com|discord(?:app)?\.com\/api\/webhooks|[\w-]{1,60}\.webhook\.office\.com)\/)[^\s"'<>]+/gi, `$1${mask}`],
  [/\b(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[A-Z\d]{12,}\b/g, mask], // access keys of AWS
  [new RegExp(`\\b(?:${tokens})[\\w.-]{8,}`, 'g'), mask],
  [/([?&](?:sig|x-amz-security-token|x-amz-credential|key|code)=)[^&\s"']+/gi, `$1${mask}`],
  [/(?<![\w/+.:-])(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])[\w+/-]{32,}={0,2}(?![\w/+=-]|\.\w)/g, mask], // long and mixed
  [told, `$1$2${mask}`],
  [option, `$1$2${mask}`],
];

/** What is said of a value in its place: no secret, and often the very reason. */
const said =
  /^["']?(?:yes|no|true|false|null|undefined|none|nil|not|is|was|must|missing|required|invalid|expired|empty|unset|•••|\*+)["'\])]?$/i;

/**
 * A text without what looks like a secret. Better one word too many hidden than one told: names of images, ids of 32 hex digits, digests and ARNs stay.
 */
export function masked(text: string): string {
  const hidden = patterns.reduce((left, [what, kept]) => left.replaceAll(what, kept), text);
  return hidden.replaceAll(named, (whole, name: string, secret: string) => (said.test(secret.trimEnd()) ? whole : `${name}${mask}`));
}
