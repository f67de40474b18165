import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { Browser, browserMissing } from '../fixtures/browser.ts';

const missing = browserMissing();
if (missing !== undefined) process.stderr.write(`The page of messages is not looked at: ${missing}\n`);
const suite = missing === undefined ? describe : describe.skip;
const markup = '<script>window.wasRun = true</script><img src="http://elsewhere.example.com/x.png" onerror="window.wasRun = true">';
const long = 'sha256:'.padEnd(300, 'abcdef0123456789');

let sandbox: Sandbox;
let browser: Browser;

/** Sends what a function would send to a host outside of AWS. */
async function send(path: string, body: object): Promise<{ ts?: string }> {
  const headers = { authorization: 'Bearer xoxb-any', 'content-type': 'application/json' };
  const answer = await fetch(`${sandbox.endpoint}/_sandbox/outside/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBeLessThan(300);
  return path.startsWith('slack.com') ? ((await answer.json()) as { ts?: string }) : {};
}

const post = (text: string, thread?: string) =>
  send('slack.com/api/chat.postMessage', {
    channel: '#deployments',
    text,
    ...(thread !== undefined && { thread_ts: thread }),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text } },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: `${text}: \`${long}\` <https://example.com/${long}|the log>\n\`\`\`${long}\`\`\`` },
      },
    ],
  });

async function told(): Promise<void> {
  const { ts } = await post('first');
  await sandbox.clock.advance(60_000);
  await post('answer one', ts);
  await sandbox.clock.advance(60_000);
  await post('answer two', ts);
  await post(markup);
  await send('hooks.slack.com/services/T/B/x', { text: `by webhook ${markup}` });
  await send('ops.example.com/hook', { words: markup, long });
  const body = [{ type: 'TextBlock', text: `${markup} ${long}`, wrap: true }];
  await send('example.webhook.office.com/x', {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.4', body } }],
  });
  const { TopicArn } = await sandbox.call('sns', 'CreateTopic', { Name: 'alerts' });
  await sandbox.call('sns', 'Publish', { TopicArn, Subject: 'A mail', Message: `${markup}\n${long}` });
}

/** The page as a reader has it, with a script of the test's own to look at it. */
const look = (width: number, colours: 'light' | 'dark') => browser.show(`${sandbox.endpoint}/_sandbox/messages`, { width, colours });

/** The text of each element that a selector finds. */
const titles = (selector: string) =>
  browser.evaluate<string[]>(`[...document.querySelectorAll('${selector}')].map((one) => one.textContent)`);

suite(missing === undefined ? 'The page of messages, in Chromium' : `The page of messages (skipped: ${missing})`, () => {
  beforeAll(async () => {
    sandbox = await startSandbox({ start: new Date('2026-11-23T12:00:00.000Z') });
    await told();
    browser = await Browser.start();
    await look(1280, 'light');
  });
  afterAll(async () => {
    await browser.close();
    await sandbox.close();
  });

  it('shows what each channel was told, newest first, and a thread below what began it, oldest first', async () => {
    const firsts = await titles('[aria-label=Chat] > article > .post.first');
    expect(firsts).toHaveLength(5);
    expect(firsts.at(-1)).toContain('first');
    expect(firsts[2]).toContain('by webhook');
    const replies = await titles('.replies .post');
    expect(replies.map((text) => /answer (one|two)/.exec(text)?.[0])).toEqual(['answer one', 'answer two']);
    expect(await titles('.replies summary')).toEqual(['2 in the thread']);
    expect(await titles('.mail')).toEqual([expect.stringContaining('A mail')]);
  });

  it('shows markup in a message as it was written, and runs none of it', async () => {
    const { run, elements, shown } = await browser.evaluate<{ run: boolean; elements: number; shown: number }>(
      `({ run: 'wasRun' in window, elements: document.querySelectorAll('script, img').length, shown: document.body.innerText.split('<script>').length - 1 })`,
    );
    expect({ run, elements }).toEqual({ run: false, elements: 0 });
    expect(shown).toBeGreaterThanOrEqual(5); // Slack twice, Teams, the webhook, mail.
  });

  it('asks no other host for anything, and has nothing to complain of', () => {
    expect(browser.heard.requests).toContain(`${sandbox.endpoint}/_sandbox/messages`);
    expect(browser.heard.requests.filter((url) => !url.startsWith(`${sandbox.endpoint}/`))).toEqual([]);
    expect(browser.heard.errors).toEqual([]);
  });

  it('is light or dark as the reader prefers, and readable in both', async () => {
    const colours = `(() => { const of = (name) => getComputedStyle(document.querySelector(name)); return [of('body').backgroundColor, of('article').backgroundColor, of('body').color]; })()`;
    const luminances = async () => (await browser.evaluate<string[]>(colours)).map(luminance) as [number, number, number];
    const light = await luminances();
    await look(1280, 'dark');
    const dark = await luminances();
    expect(Math.min(light[0], light[1])).toBeGreaterThan(Math.max(dark[0], dark[1]));
    for (const [ground, card, ink] of [light, dark]) for (const behind of [ground, card]) expect(contrast(behind, ink)).toBeGreaterThan(7); // WCAG's AAA.
  });

  it.each([400, 1280])('lets nothing run out of a window of %i px', async (width) => {
    await look(width, 'light');
    const outside = `[...document.querySelectorAll('body *')].filter((one) => !one.closest('.mail pre') && one.getBoundingClientRect().right > ${width}).map((one) => one.outerHTML.slice(0, 120))`;
    expect(await browser.evaluate(outside)).toEqual([]);
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

/** The relative luminance of a colour `rgb(r, g, b)`, as WCAG has it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [...colour.matchAll(/\d+/g)].map(([part]) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
