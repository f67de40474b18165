import { escapeHtml } from './slack-html.ts';

type Json = Record<string, unknown>;

/** A message of Teams as HTML: the elements of its first card. */
export function cardHtml({ attachments }: Json): string {
  const [first] = Array.isArray(attachments) ? (attachments as Json[]) : [];
  const content = (first?.['content'] ?? {}) as { body?: Json[]; actions?: Json[] };
  const actions = (content.actions ?? []).map(
    ({ title, url }) => `<a class="button" href="${escapeHtml(String(url))}" rel="noreferrer">${escapeHtml(String(title))}</a>`,
  );
  return `${(content.body ?? []).map(elementHtml).join('')}<div>${actions.join('')}</div>`;
}

function elementHtml(element: Json): string {
  if (element['type'] === 'FactSet') {
    const facts = (element['facts'] ?? []) as { title: string; value: string }[];
    return `<div class="fields">${facts.map(({ title, value }) => `<div><b>${shown(title)}</b><br>${shown(value)}</div>`).join('')}</div>`;
  }
  const { text, weight, color, size, isSubtle, fontType } = element;
  const classes = [
    weight === 'Bolder' && size === 'Medium' ? 'title' : 'text',
    typeof color === 'string' ? color.toLowerCase() : '',
    isSubtle === true ? 'context' : '',
    fontType === 'Monospace' ? 'mono' : '',
  ];
  return `<div class="${classes.filter(Boolean).join(' ')}">${shown(String(text))}</div>`;
}

// Escaped Markdown, as a card shows it.
function shown(text: string): string {
  return escapeHtml(text.replaceAll(/\\([\\`*_[\]<>#~|])/g, '$1'));
}
