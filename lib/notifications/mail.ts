import { columns, cut, oneLine } from './columns.ts';
import { isCommand } from './commands.ts';
import { time } from './wording.ts';
import { wrap, wrapCommand } from './wrap.ts';
import type { Level, Notification } from '../domain/notification.ts';

const width = 78;
const subjectUnitsMax = 99;
const labelUnitsMax = 20;
const margin = '  ';

const marks: Readonly<Record<Level, string>> = { info: '', warning: 'Warning: ', critical: 'Critical: ' };

/** The message as a mail of plain text: what, why, next step, where. SNS takes both parts as they are. */
export function renderMail(notification: Notification): { subject: string; message: string } {
  const { headline, level, why, log, next, facts, id, at } = notification;
  const sections = [
    wrap(oneLine(headline), width),
    section('Why', paragraph(why)),
    ...(log === undefined || log.lines.length === 0 ? [] : [section(oneLine(log.title), log.lines.flatMap(logLine))]),
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

function logLine(line: string): string[] {
  return wrap(oneLine(line), width - margin.length, margin).map((part) => `${margin}${part}`);
}

function step(line: string): string[] {
  const text = oneLine(line);
  return isCommand(text) ? wrapCommand(text, width, `${margin}  `) : paragraph(text);
}

// Labels in one column, values in the next; what fits into neither stands below its label.
function table(facts: Notification['facts']): string[] {
  const rows = facts.map(([label, value]): [string, string] => [cut(oneLine(label), labelUnitsMax), oneLine(value)]);
  const gap = Math.max(0, ...rows.map(([label]) => columns(label))) + 2;
  return rows.flatMap(([label, value]) => {
    const lines = wrap(value, width - margin.length - gap);
    if (lines.some((line) => columns(line) > width - margin.length - gap)) return [`${margin}${label}`, ...below(value)];
    return [
      `${margin}${label}${' '.repeat(gap - columns(label))}${lines[0] ?? ''}`.trimEnd(),
      ...lines.slice(1).map((line) => `${' '.repeat(margin.length + gap)}${line}`),
    ];
  });
}

function below(value: string): string[] {
  return wrap(value, width - 2 * margin.length).map((line) => `${margin}${margin}${line}`);
}
