import { cut, oneLine } from './columns.ts';
import { isCommand } from './commands.ts';
import { escaped } from './slack.ts';
import type { Notification } from '../domain/notification.ts';

/** A custom notification of Amazon Q Developer in chat applications: published as the SNS message itself (aws-semantics F.2). */
export interface AmazonQMessage {
  version: '1.0';
  source: 'custom';
  id: string;
  content: { textType: 'client-markdown'; title: string; description: string; nextSteps?: string[]; keywords: string[] };
  metadata: { threadId: string; summary: string; eventType: string; additionalContext: Record<string, string> };
}

/** What the schema takes; a message that breaks it is dropped without a word. */
export const amazonQLimits = { title: 250, description: 8000, nextStep: 350, keyword: 75 } as const;

const nextStepsMost = 5;
const marks = { info: ':white_check_mark:', warning: ':warning:', critical: ':red_circle:' } as const;

/** The message for Slack or Teams by way of Amazon Q; all messages of a deployment share a thread. */
export function renderAmazonQ(notification: Notification): AmazonQMessage {
  const { id, headline, why, level, state, service, deployment, log, facts, next } = notification;
  const table = facts.map(([label, value]) => `*${escaped(oneLine(label))}*: ${escaped(oneLine(value))}`);
  const lines = log === undefined ? [] : [`*${escaped(oneLine(log.title))}*`, fenced(log.lines)];
  const commands = next.filter(isCommand).map((line) => fenced([line]));
  const description = [escaped(oneLine(why)), ...lines, ...commands, ...table].filter((line) => line !== '').join('\n');
  const steps = next.filter((line) => !isCommand(line)).map((line) => cut(oneLine(line), amazonQLimits.nextStep));
  return {
    version: '1.0',
    source: 'custom',
    id: cut(oneLine(id), 250),
    content: {
      textType: 'client-markdown',
      title: cut(`${marks[level]} ${oneLine(headline)}`, amazonQLimits.title),
      description: cutWhole(description || escaped(oneLine(headline)) || state, amazonQLimits.description),
      ...(steps.length === 0 ? {} : { nextSteps: steps.slice(0, nextStepsMost) }),
      keywords: [level, state, ...(service === undefined ? [] : [service])].map((word) => cut(word, amazonQLimits.keyword)),
    },
    metadata: {
      threadId: cut(deployment ?? service ?? 'ecs-autopilot', 250),
      summary: cut(oneLine(headline), amazonQLimits.title),
      eventType: state,
      additionalContext: { level, ...(service === undefined ? {} : { service }), ...(deployment === undefined ? {} : { deployment }) },
    },
  };
}

function fenced(lines: string[]): string {
  return `\`\`\`\n${lines.map((line) => escaped(line.replaceAll('```', "'''"))).join('\n')}\n\`\`\``;
}

// Cut between two lines, a fence stays closed; only a single long line is cut within.
function cutWhole(text: string, unitsMost: number): string {
  if (text.length <= unitsMost) return text;
  const lines = text.split('\n');
  const kept: string[] = [];
  for (const line of lines) {
    if (kept.join('\n').length + line.length + 10 > unitsMost) break;
    kept.push(line);
  }
  if (kept.length === 0) return cut(text, unitsMost);
  const open = kept.filter((line) => line === '```').length % 2 === 1;
  return [...kept, ...(open ? ['```'] : []), '…'].join('\n');
}
