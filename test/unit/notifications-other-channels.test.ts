import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import { amazonQLimits, renderAmazonQ } from '../../lib/notifications/amazon-q.ts';
import { renderTeams, teamsBytesMost } from '../../lib/notifications/teams.ts';
import { aNotification } from '../contract/examples.ts';
import { anyNotification } from '../fixtures/any-notification.ts';

describe('a card for Teams', () => {
  it('is small enough, whatever is told, and has no empty text', () => {
    fc.assert(
      fc.property(anyNotification, (notification) => {
        const message = renderTeams(notification);
        expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(teamsBytesMost);
        expect(message.attachments[0].content.body.length).toBeGreaterThan(1);
      }),
      { numRuns: 50 },
    );
  });

  it('shows markup of others as it stands', () => {
    const { body } = renderTeams(aNotification({ why: '[click](https://evil.example) *x*' })).attachments[0].content;
    expect(body[1]).toMatchObject({ text: String.raw`\[click\](https://evil.example) \*x\*` });
  });

  it('opens links and shows the rest as facts', () => {
    const { body, actions } = renderTeams(
      aNotification({
        facts: [
          ['Console', 'https://a.example/'],
          ['Image', 'web:1'],
        ],
      }),
    ).attachments[0].content;
    expect(actions).toEqual([{ type: 'Action.OpenUrl', title: 'Console', url: 'https://a.example/' }]);
    expect(body.find(({ type }) => type === 'FactSet')).toEqual({ type: 'FactSet', facts: [{ title: 'Image', value: 'web:1' }] });
  });
});

describe('a notification for Amazon Q', () => {
  it('keeps to its schema, whatever is told: what breaks it is dropped without a word', () => {
    fc.assert(
      fc.property(anyNotification, (notification) => {
        const { version, source, content, metadata } = renderAmazonQ(notification);
        expect([version, source]).toEqual(['1.0', 'custom']);
        expect(content.title.length).toBeLessThanOrEqual(amazonQLimits.title);
        expect(content.description.length).toBeLessThanOrEqual(amazonQLimits.description);
        expect(content.description.length).toBeGreaterThan(0);
        expect(content.nextSteps ?? []).toEqual((content.nextSteps ?? []).filter((step) => step.length <= amazonQLimits.nextStep));
        expect(content.keywords.every((word) => word.length <= amazonQLimits.keyword)).toBe(true);
        expect(Object.values(metadata.additionalContext).every((value) => typeof value === 'string')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('says its state where nothing else is told: without a description it would be dropped', () => {
    expect(renderAmazonQ(aNotification({ state: 'waiting', headline: '', why: '', facts: [], next: [] })).content.description).toBe(
      'waiting',
    );
  });

  it('puts all messages of a deployment into one thread', () => {
    const [first, second] = [aNotification({ state: 'deploying' }), aNotification({ state: 'live' })].map(renderAmazonQ);
    expect(first?.metadata.threadId).toBe(second?.metadata.threadId);
  });

  it('closes a fence that it cuts', () => {
    const { content } = renderAmazonQ(aNotification({ log: { title: 'Log', lines: Array.from({ length: 20 }, () => 'x'.repeat(1000)) } }));
    expect(content.description.match(/^```$/gm)).toHaveLength(2);
    expect(content.description.endsWith('…')).toBe(true);
  });
});
