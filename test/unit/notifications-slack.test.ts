import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import { cutEscaped, escaped, renderSlack, slackLimits, type SlackBlock } from '../../lib/notifications/slack.ts';
import { renderFor } from '../../lib/notifications/render-for.ts';
import { slackFault } from '../../sandbox/outside/slack-rules.ts';
import { aNotification } from '../contract/examples.ts';
import { anyNotification } from '../fixtures/any-notification.ts';

const faultOf = (message: object): string | undefined => slackFault(message as Record<string, unknown>);
const back = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const textsOf = (blocks: SlackBlock[]): string => JSON.stringify(blocks);

describe('a message for Slack', () => {
  it('is taken by Slack, whatever is told', () => {
    fc.assert(
      fc.property(anyNotification, (notification) => {
        expect(faultOf(renderSlack(notification))).toBeUndefined();
        expect(faultOf(renderFor({ kind: 'slack-webhook', webhook: 'ssm:/a' }, notification).plain)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('never mentions a channel or a person, and holds no markup of others', () => {
    const text = '<!channel> <@U012345> <https://evil.example|click>';
    const { text: fallback, blocks } = renderSlack(
      aNotification({ headline: text, why: text, facts: [[text, text]], next: [text, `aws ${text}`], log: { title: text, lines: [text] } }),
    );
    expect(fallback).not.toMatch(/<[!@#h]/);
    const markdown = JSON.stringify(blocks.filter(({ type }) => type !== 'header'));
    expect(markdown).not.toMatch(/<[!@#h]/);
  });

  it('keeps a log inside its fence', () => {
    const { blocks } = renderSlack(aNotification({ log: { title: 'Last lines of web', lines: ['a ``` b', '*not bold*'] } }));
    const [log] = blocks.filter((block) => textsOf([block]).includes('Last lines of web'));
    expect(textsOf([log as SlackBlock]).match(/```/g)).toHaveLength(2);
  });

  it('shows of a long log the last lines, for they tell what it died of', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index} ${'&'.repeat(100)} end of ${index}`);
    const text = textsOf(renderSlack(aNotification({ log: { title: 'Last lines of web', lines } })).blocks);
    expect(text).toContain('end of 19');
    expect(text).not.toContain('end of 0');
    expect(text).toContain('```…');
  });

  it('gives a command whole, or not at all', () => {
    const command = `aws ecs update-service --service ${'x'.repeat(2400)}`;
    expect(textsOf(renderSlack(aNotification({ next: [command] })).blocks)).toContain(command);
    const tooLong = `${command}${'x'.repeat(200)}`;
    const { blocks } = renderSlack(aNotification({ next: [tooLong] }));
    expect(textsOf(blocks)).not.toContain('aws ecs');
    expect(textsOf(blocks)).toContain('it stands in the mail');
  });

  it.each([
    ['fits', slackLimits.sectionUnits],
    ['is cut at the bound', slackLimits.sectionUnits + 1],
  ])('says why in one section that %s', (_, length) => {
    const { blocks } = renderSlack(aNotification({ why: 'ä'.repeat(length) }));
    const [, why] = blocks;
    const text = why?.type === 'section' ? (why.text?.text ?? '') : '';
    expect(text).toHaveLength(slackLimits.sectionUnits);
    expect(text.endsWith('…')).toBe(length > slackLimits.sectionUnits);
  });

  it('makes buttons of links', () => {
    const { blocks } = renderSlack(
      aNotification({
        facts: [
          ['Console', 'https://console.example/x'],
          ['Image', 'web:1'],
        ],
      }),
    );
    expect(blocks.find(({ type }) => type === 'actions')).toMatchObject({
      elements: [{ url: 'https://console.example/x', text: { text: 'Console' } }],
    });
    expect(blocks.filter((block) => block.type === 'section' && block.fields !== undefined)).toHaveLength(1);
  });
});

describe('escaped text', () => {
  it.each([
    ['&lt;&lt;', 7, '&lt;…'],
    ['&lt;&lt;', 8, '&lt;&lt;'],
    ['&amp;a', 5, '…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12, '👩‍👩‍👧‍👦…'],
  ])('%s in %i units is %s', (text, units, cut) => {
    expect(cutEscaped(text, units)).toBe(cut);
  });

  it('reads back as it was', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(back(escaped(text))).toBe(text)));
  });
});

// A judge that takes everything proves nothing.
describe('what Slack refuses', () => {
  it.each<[fault: string, message: object]>([
    ['no_text', {}],
    ['no_text', { text: '' }],
    ['invalid_blocks', { text: 'a', blocks: [] }],
    ['invalid_blocks', { text: 'a', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }],
    ['invalid_blocks', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '' } }] }],
    ['invalid_blocks', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'a'.repeat(3001) } }] }],
    ['invalid_blocks', { blocks: [{ type: 'section', fields: Array.from({ length: 11 }, () => ({ type: 'mrkdwn', text: 'a' })) }] }],
    ['invalid_blocks', { blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }] }],
    ['invalid_blocks', { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'a'.repeat(151) } }] }],
    [
      'invalid_blocks',
      { blocks: [{ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'a'.repeat(76) } }] }] },
    ],
    ['invalid_blocks', { blocks: [{ type: 'unknown' }] }],
    [
      'msg_blocks_too_long',
      { blocks: Array.from({ length: 5 }, () => ({ type: 'section', text: { type: 'mrkdwn', text: 'a'.repeat(3000) } })) },
    ],
  ])('%s: %j', (fault, message) => {
    expect(faultOf(message)).toBe(fault);
  });
});
