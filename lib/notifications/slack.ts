import { characters, cut, oneLine } from './columns.ts';
import { isCommand } from './commands.ts';
import { isLink, time } from './wording.ts';
import type { Level, Notification } from '../domain/notification.ts';

/** A message in Slack's own words, for an incoming webhook or for chat.postMessage. */
export interface SlackMessage {
  /** What notifications and readers without blocks show. */
  text: string;
  blocks: SlackBlock[];
}

type Text = { type: 'mrkdwn'; text: string } | { type: 'plain_text'; text: string; emoji?: boolean };

export type SlackBlock =
  | { type: 'header'; text: Text }
  | { type: 'section'; text?: Text; fields?: Text[] }
  | { type: 'context'; elements: Text[] }
  | { type: 'actions'; elements: { type: 'button'; text: Text; url: string }[] };

/** What Slack takes (aws-semantics F.3); beyond it the whole message is refused. */
export const slackLimits = {
  blocks: 50,
  headerUnits: 150,
  sectionUnits: 3000,
  fieldUnits: 2000,
  fields: 10,
  buttonUnits: 75,
  urlUnits: 3000,
  /** Of all texts together: more was seen to be refused as `msg_blocks_too_long`. */
  totalUnits: 12_000,
} as const;

const marks: Readonly<Record<Level, string>> = { info: ':large_green_circle:', warning: ':large_yellow_circle:', critical: ':red_circle:' };
const fallbackUnits = 3000;
const factUnits = 300;
const logUnits = 2500;
const stepsMost = 12;

/** The message as Slack shows it: what happened, why, the last lines of the log, what is left to do, where to look. */
export function renderSlack(notification: Notification): SlackMessage {
  const { headline, why, level, at, id } = notification;
  const blocks: SlackBlock[] = [
    {
      type: 'header',
      text: { type: 'plain_text', text: cut(`${marks[level]} ${oneLine(headline)}`, slackLimits.headerUnits), emoji: true },
    },
    ...sections(escaped(oneLine(why))),
    ...logBlocks(notification),
    ...stepBlocks(notification),
    ...factBlocks(notification),
    ...linkBlocks(notification),
    { type: 'context', elements: [markdown(cutEscaped(`ecs-autopilot · ${level} · ${time(at)} · ${escaped(oneLine(id))}`, factUnits))] },
  ];
  return { text: cutEscaped(escaped(`${oneLine(headline)}. ${oneLine(why)}`), fallbackUnits), blocks: fitting(blocks) };
}

/** `&`, `<` and `>` would be read as markup; every other character stands for itself. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An escaped text in at most that many units, cut through neither a character nor an escape. */
export function cutEscaped(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const whole = text.match(/&(?:amp|lt|gt);|[^&]+/g) ?? [];
  let kept = '';
  for (const part of whole.flatMap((one) => (one.startsWith('&') ? [one] : characters(one)))) {
    if (kept.length + part.length + 1 > unitsMax) break;
    kept += part;
  }
  return `${kept.trimEnd()}…`;
}

function markdown(text: string): Text {
  return { type: 'mrkdwn', text };
}

function sections(text: string): SlackBlock[] {
  return text === '' ? [] : [{ type: 'section', text: markdown(cutEscaped(text, slackLimits.sectionUnits)) }];
}

function logBlocks({ log }: Notification): SlackBlock[] {
  if (log === undefined || log.lines.length === 0) return [];
  return sections(`*${escaped(oneLine(log.title))}*\n${codeBlock(lastFitting(log.lines).join('\n'), logUnits)}`);
}

// The last lines tell what it died of: what does not fit is left out from the first on.
function lastFitting(lines: string[]): string[] {
  let units = '…\n'.length;
  const tooFar = lines.findLastIndex((line) => (units += escaped(line).length + 1) > logUnits);
  return tooFar < 0 ? lines : ['…', ...lines.slice(Math.min(tooFar + 1, lines.length - 1))];
}

// Commands are to be copied whole: one that does not fit is left to the mail rather than cut.
function stepBlocks({ next }: Notification): SlackBlock[] {
  const steps = next.slice(0, stepsMost).map((line) => {
    const text = oneLine(line);
    if (!isCommand(text)) return cutEscaped(escaped(text), 1000);
    return escaped(text).length > 2500 ? '_The command is too long for Slack: it stands in the mail._' : codeBlock(text, 2600);
  });
  if (next.length > stepsMost) steps.push(`_… ${next.length - stepsMost} more in the mail_`);
  const packed: string[] = [];
  for (const step of steps) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + step.length + 1 <= slackLimits.sectionUnits) packed[packed.length - 1] = `${last}\n${step}`;
    else packed.push(step);
  }
  return packed.flatMap((text, index) => sections(index === 0 && text.length < 2900 ? `*Next step*\n${text}` : text));
}

// A fence inside would end the block early.
function codeBlock(text: string, unitsMax: number): string {
  const plain = text.replaceAll('```', "'''");
  return `\`\`\`${cutEscaped(escaped(plain), unitsMax)}\`\`\``;
}

function factBlocks({ facts }: Notification): SlackBlock[] {
  const shown = facts.filter(([, value]) => !isLink(value) && value !== '');
  const fields = shown.map(([label, value]) =>
    markdown(`*${cutEscaped(escaped(oneLine(label)), 60)}*\n${cutEscaped(escaped(oneLine(value)), factUnits)}`),
  );
  const kept = fields.slice(0, 5 * slackLimits.fields);
  const groups = Array.from({ length: Math.ceil(kept.length / slackLimits.fields) }, (_, index) =>
    kept.slice(index * slackLimits.fields, (index + 1) * slackLimits.fields),
  );
  return groups.map((group) => ({ type: 'section', fields: group }));
}

function linkBlocks({ facts }: Notification): SlackBlock[] {
  const buttons = facts
    .filter(([, value]) => isLink(value) && value.length <= slackLimits.urlUnits)
    .slice(0, 5)
    .map(([label, url]) => ({
      type: 'button' as const,
      text: { type: 'plain_text' as const, text: cut(oneLine(label) || 'Open', slackLimits.buttonUnits), emoji: true },
      url,
    }));
  return buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons }];
}

/** What fits in all: from the end of what may be missed, facts go first; what happened and why always stay. */
function fitting(blocks: SlackBlock[]): SlackBlock[] {
  const kept = blocks.slice(0, slackLimits.blocks);
  while (unitsOf(kept) > slackLimits.totalUnits && kept.length > 3) {
    const facts = kept.findLastIndex((block) => block.type === 'section' && block.fields !== undefined);
    kept.splice(facts > 0 ? facts : kept.length - 2, 1);
  }
  return kept;
}

function unitsOf(blocks: SlackBlock[]): number {
  return blocks.flatMap(textsOf).reduce((sum, { text }) => sum + text.length, 0);
}

function textsOf(block: SlackBlock): Text[] {
  switch (block.type) {
    case 'header':
      return [block.text];
    case 'section':
      return [...(block.text === undefined ? [] : [block.text]), ...(block.fields ?? [])];
    case 'context':
      return block.elements;
    case 'actions':
      return block.elements.map(({ text }) => text);
    default:
      return block satisfies never;
  }
}
