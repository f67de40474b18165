type Json = Record<string, unknown>;

/** A text as it stands, where HTML would read markup. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A message of Slack as HTML: its blocks, or its text where it has none. */
export function slackHtml({ text, blocks }: Json): string {
  if (!Array.isArray(blocks)) return `<p>${marked(String(text))}</p>`;
  return (blocks as Json[]).map(blockHtml).join('');
}

function blockHtml(block: Json): string {
  switch (block['type']) {
    case 'header':
      return `<div class="title">${textHtml(block['text'])}</div>`;
    case 'section':
      return `${block['text'] === undefined ? '' : `<div class="text">${textHtml(block['text'])}</div>`}${fieldsHtml(block['fields'])}`;
    case 'context':
      return `<div class="context">${list(block['elements']).map(textHtml).join(' ')}</div>`;
    case 'actions':
      return `<div>${list(block['elements']).map(buttonHtml).join('')}</div>`;
    default:
      return '';
  }
}

function fieldsHtml(fields: unknown): string {
  return fields === undefined
    ? ''
    : `<div class="fields">${list(fields)
        .map((field) => `<div>${textHtml(field)}</div>`)
        .join('')}</div>`;
}

function buttonHtml(element: unknown): string {
  const { text, url } = element as Json;
  return `<a class="button" href="${escapeHtml(String(url))}" rel="noreferrer">${textHtml(text)}</a>`;
}

function textHtml(value: unknown): string {
  const { type, text } = value as { type?: string; text?: string };
  return type === 'mrkdwn' ? marked(text ?? '') : withEmoji(escapeHtml(text ?? ''));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Slack's markup: code blocks first, for nothing inside them is markup. Its texts come escaped, but for quotes. */
function marked(text: string): string {
  return text
    .split('```')
    .map((part, index) => (index % 2 === 1 ? `<pre>${quoted(part)}</pre>` : inline(part)))
    .join('');
}

function inline(text: string): string {
  return withEmoji(
    quoted(text)
      .replaceAll(/(^|\s)\*([^*\n]+)\*/g, '$1<b>$2</b>')
      .replaceAll(/(^|\s)_([^_\n]+)_/g, '$1<i>$2</i>')
      .replaceAll('\n', '<br>'),
  );
}

// What was not escaped would be markup of Slack's own (links, mentions): shown as it stands.
function quoted(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const emoji: Readonly<Record<string, string>> = { large_green_circle: '🟢', large_yellow_circle: '🟡', red_circle: '🔴' };

function withEmoji(text: string): string {
  return text.replaceAll(/:([a-z_]+):/g, (whole, name: string) => emoji[name] ?? whole);
}
