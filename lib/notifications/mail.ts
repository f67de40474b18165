import { columns, cut, oneLine } from './columns.ts';
import { isCommand } from './commands.ts';
import { time } from './wording.ts';
import { wrap, wrapCommand } from './wrap.ts';
import type { Level, Notification } from '../domain/notification.ts';

const width = 78;
const subjectUnitsMax = 99;
const margin = '  ';

const marks: Readonly<Record<Level, string>> = { info: '', warning: 'Warning: ', critical: 'Critical: ' };

/** The message as a mail of plain text: what, why, next step, where. SNS takes both parts as they are. */
export function renderMail(notification: Notification): { subject: string; message: string } {
  const { headline, level, why, next, facts, id, at } = notification;
  const sections = [
    wrap(oneLine(headline), width),
    section('Why', paragraph(why)),
    section('Next step', next.length === 0 ? [`${margin}Nothing to do.`] : next.flatMap(step)),
    section('Where', table(facts)),
    ['--', ...wrap(`ecs-autopilot, ${level}, ${time(at)}`, width), ...wrap(oneLine(id), width)],
  ];
  return {
    subject: cut(oneLine(`${marks[level]}${headline}`), subjectUnitsMax),
    message: `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`,
  };
}

function section(title: string, lines: string[]): string[] {
  return [title, ...lines];
}

function paragraph(text: string): string[] {
  return wrap(oneLine(text), width - margin.length).map((line) => `${margin}${line}`);
}

function step(line: string): string[] {
  const text = oneLine(line);
  return isCommand(text) ? wrapCommand(text, width, `${margin}  `) : paragraph(text);
}

// Labels in one column, values in the next; a value that does not fit goes on below itself.
function table(facts: Notification['facts']): string[] {
  const gap = Math.min(20, Math.max(0, ...facts.map(([label]) => columns(oneLine(label)))) + 2);
  return facts.flatMap(([label, value]) => {
    const name = oneLine(label);
    const head = `${margin}${name}${' '.repeat(Math.max(2, gap - columns(name)))}`;
    const [first = '', ...rest] = wrap(oneLine(value), width - margin.length - gap);
    const indent = ' '.repeat(margin.length + gap);
    return columns(head) + columns(first) <= width || rest.length > 0
      ? [`${head}${first}`, ...rest.map((line) => `${indent}${line}`)]
      : [head.trimEnd(), `${margin}${margin}${first}`];
  });
}
