import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { notificationStates } from '../../lib/domain/notification.ts';
import { renderMail } from '../../lib/notifications/mail.ts';
import { messages } from '../fixtures/told.ts';

// UPDATE_GOLDEN=1 writes the files anew; what changed in them is then read in the diff.
const folder = new URL('../golden/', import.meta.url);
const update = process.env['UPDATE_GOLDEN'] === '1';

function golden(name: string, rendered: string): string {
  const file = new URL(`${name}.txt`, folder);
  if (update) writeFileSync(file, rendered);
  return existsSync(file) ? readFileSync(file, 'utf8') : 'no such file';
}

describe('the mail', () => {
  it.each(Object.entries(messages))('of %s is as it was read and approved', (name, notification) => {
    const { subject, message } = renderMail(notification);
    const rendered = `Subject: ${subject}\n\n${message}`;
    expect(rendered).toBe(golden(name, rendered));
  });

  it('has a golden file for each message, and no other', () => {
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.txt') && !file.startsWith('command-line-'))
      .map((file) => file.slice(0, -'.txt'.length));
    expect(files.toSorted()).toStrictEqual(Object.keys(messages).toSorted());
  });

  it('is there for every state', () => {
    const states = new Set(Object.values(messages).map(({ state }) => state));
    expect([...states].toSorted()).toStrictEqual([...notificationStates].toSorted());
  });
});
