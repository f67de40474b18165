import { cut, oneLine } from './columns.ts';
import { isCommand } from './commands.ts';
import { isLink, time } from './wording.ts';
import type { Level, Notification } from '../domain/notification.ts';

/** What a Teams workflow takes: a message with one Adaptive Card. */
export interface TeamsMessage {
  type: 'message';
  /** What shows in the list of messages. */
  summary: string;
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive'; content: AdaptiveCard }];
}

interface AdaptiveCard {
  $schema: string;
  type: 'AdaptiveCard';
  version: '1.4';
  msteams: { width: 'Full' };
  body: CardElement[];
  actions: { type: 'Action.OpenUrl'; title: string; url: string }[];
}

type CardElement =
  | {
      type: 'TextBlock';
      text: string;
      wrap: true;
      size?: 'Medium' | 'Small';
      weight?: 'Bolder';
      color?: 'Good' | 'Warning' | 'Attention';
      isSubtle?: true;
      fontType?: 'Monospace';
    }
  | { type: 'FactSet'; facts: { title: string; value: string }[] };

/** Teams takes 28 KB a message; what is above is refused whole. */
export const teamsBytesMost = 28_000;

const colors = { info: 'Good', warning: 'Warning', critical: 'Attention' } as const satisfies Record<Level, string>;

/** How much of each part is kept, tried in turn until the card is small enough. */
const steps = [
  { text: 4000, log: 20, facts: 50, next: 12 },
  { text: 1000, log: 10, facts: 10, next: 6 },
  { text: 300, log: 3, facts: 5, next: 3 },
] as const;

/** The message as a card of Microsoft Teams: what happened, why, the last lines of the log, what is left to do, where to look. */
export function renderTeams(notification: Notification): TeamsMessage {
  const tried = steps.map((step) => message(notification, step));
  const fits = tried.find((one) => Buffer.byteLength(JSON.stringify(one)) <= teamsBytesMost);
  return fits ?? message({ ...notification, facts: [], next: [] }, steps[2]);
}

type Step = (typeof steps)[number];

function message(notification: Notification, step: Step): TeamsMessage {
  const { headline } = notification;
  const content: AdaptiveCard = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: bodyOf(notification, step),
    actions: linksOf(notification),
  };
  return {
    type: 'message',
    summary: cut(oneLine(headline), 200),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

function bodyOf({ headline, why, level, log, next, facts, at, id }: Notification, step: Step): CardElement[] {
  const shown = facts.filter(([, value]) => !isLink(value)).slice(0, step.facts);
  return [
    { ...textBlock(headline, 300), size: 'Medium', weight: 'Bolder', color: colors[level] },
    textBlock(why, step.text),
    ...(log === undefined ? [] : logOf(log, step)),
    ...(next.length === 0 ? [] : [{ ...textBlock('Next step', 20), weight: 'Bolder' as const }]),
    ...next.slice(0, step.next).map((line) => stepOf(line, step.text)),
    ...(shown.length === 0
      ? []
      : [{ type: 'FactSet' as const, facts: shown.map(([title, value]) => ({ title: plain(title, 60), value: plain(value, 300) })) }]),
    { ...textBlock(`ecs-autopilot · ${level} · ${time(at)} · ${id}`, 400), size: 'Small', isSubtle: true },
  ];
}

function logOf(log: NonNullable<Notification['log']>, step: Step): CardElement[] {
  const lines = log.lines.slice(-step.log).map((line): CardElement => ({ ...textBlock(line, 300), fontType: 'Monospace', size: 'Small' }));
  return lines.length === 0 ? [] : [{ ...textBlock(log.title, 200), weight: 'Bolder' }, ...lines];
}

function stepOf(line: string, unitsMost: number): CardElement {
  return isCommand(line) ? { ...textBlock(line, unitsMost), fontType: 'Monospace', size: 'Small' } : textBlock(line, unitsMost);
}

function textBlock(text: string, unitsMost: number) {
  return { type: 'TextBlock' as const, text: plain(text, unitsMost), wrap: true as const };
}

// A card reads Markdown: what would be markup there is escaped, so that a log line shows as it is.
function plain(text: string, unitsMost: number): string {
  return cut(oneLine(text), unitsMost).replaceAll(/[\\`*_[\]<>#~|]/g, String.raw`\$&`);
}

function linksOf({ facts }: Notification): AdaptiveCard['actions'] {
  return facts
    .filter(([, value]) => isLink(value) && value.length <= 2000)
    .slice(0, 5)
    .map(([title, url]) => ({ type: 'Action.OpenUrl', title: cut(oneLine(title) || 'Open', 60), url }));
}
