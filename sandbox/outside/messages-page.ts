import type { OutsideMessage } from './outside-message.ts';
import { cardHtml } from './teams-html.ts';
import { escapeHtml, slackHtml } from './slack-html.ts';

/** What a topic was told, as its mail shows it. */
export interface MailMessage {
  at: string;
  subject: string;
  message: string;
  topicArn: string;
}

interface Told {
  posts: OutsideMessage[];
  mails: MailMessage[];
}

const shownMost = 200;

/** The messages as people see them: Slack with its threads, Teams, other webhooks, mail. Newest first; in the colours that the reader prefers. */
export function messagesPage({ posts, mails }: Told): string {
  const chat = posts
    .filter(({ thread }) => thread === undefined)
    .toReversed()
    .slice(0, shownMost);
  const threads = chat.map((first) =>
    post(
      first,
      posts.filter(({ thread, place }) => first.ts !== undefined && thread === first.ts && place === first.place),
    ),
  );
  const letters = mails
    .filter(({ message }) => !isForAmazonQ(message))
    .toReversed()
    .slice(0, shownMost)
    .map(mail);
  const cards = mails
    .filter(({ message }) => isForAmazonQ(message))
    .toReversed()
    .slice(0, shownMost)
    .map(amazonQ);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Messages</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<header><h1>Messages</h1><p>As people see them, newest first. <a href="/_sandbox/">The sandbox</a></p></header>
<main>
<section aria-label="Chat"><h2>Chat <small>${posts.length}</small></h2>${threads.join('\n') || empty('No channel beside mail was told anything.')}${cards.length === 0 ? '' : `<h2>Amazon Q <small>${cards.length}</small></h2>${cards.join('\n')}`}</section>
<section aria-label="Mail"><h2>Mail <small>${letters.length}</small></h2>${letters.join('\n') || empty('Nothing was told yet.')}</section>
</main>
</html>
`;
}

function post(first: OutsideMessage, replies: OutsideMessage[]): string {
  const answers =
    replies.length === 0
      ? ''
      : `<details class="replies" open><summary>${replies.length} in the thread</summary>${replies.map((reply) => single(reply, 'reply')).join('')}</details>`;
  return `<article class="thread">${single(first, 'first')}${answers}</article>`;
}

function single({ kind, at, updatedAt, place, body }: OutsideMessage, role: string): string {
  const edited = updatedAt === undefined ? '' : ` <span class="edited">(edited ${clock(updatedAt)})</span>`;
  const name = kind === 'slack' ? 'ecs-autopilot' : kind;
  return `<div class="post ${role}"><div class="avatar" aria-hidden="true">◆</div><div class="content"><div class="who"><b>${name}</b> <time>${clock(at)}</time>${edited}<span class="place">${escapeHtml(place)}</span></div>${bodyOf(kind, body)}</div></div>`;
}

function bodyOf(kind: OutsideMessage['kind'], body: OutsideMessage['body']): string {
  if (kind === 'slack') return slackHtml(body);
  if (kind === 'teams') return cardHtml(body);
  return `<pre>${escapeHtml(JSON.stringify(body, undefined, 2))}</pre>`;
}

function mail({ at, subject, message, topicArn }: MailMessage): string {
  const from = topicArn.split(':').at(-1) ?? '';
  return `<article class="mail"><div class="who"><b>${escapeHtml(subject || '(no subject)')}</b></div><div class="who"><span class="place">${escapeHtml(from)}</span> <time>${clock(at)}</time></div><pre>${escapeHtml(message)}</pre></article>`;
}

// Its messages are JSON by the schema of custom notifications: no mail, whoever else may listen.
function isForAmazonQ(message: string): boolean {
  return message.startsWith('{"version":"1.0","source":"custom"');
}

function amazonQ({ at, message }: MailMessage): string {
  const { content } = JSON.parse(message) as { content: { title: string; description: string; nextSteps?: string[] } };
  const steps = (content.nextSteps ?? []).map((step) => `<li>${escapeHtml(step)}</li>`).join('');
  const text = slackHtml({ blocks: [{ type: 'section', text: { type: 'mrkdwn', text: content.description } }] });
  return `<article><div class="who"><b>Amazon Q</b> <time>${clock(at)}</time></div><div class="title">${escapeHtml(content.title)}</div>${text}<ul>${steps}</ul></article>`;
}

function clock(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

function empty(text: string): string {
  return `<p class="empty">${text}</p>`;
}

const style = `
:root { color-scheme: light dark; --ground: #f6f6f7; --card: #fff; --ink: #1d1c1d; --faint: #616061; --line: #ddd; --code: #f4f4f4; --accent: #1264a3 }
@media (prefers-color-scheme: dark) { :root { --ground: #131417; --card: #1a1d21; --ink: #e4e4e6; --faint: #9a9b9e; --line: #35373b; --code: #222529; --accent: #5eb1ef } }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.47 system-ui, sans-serif; background: var(--ground); color: var(--ink); overflow-wrap: anywhere }
header, main { max-width: 84rem; margin: 0 auto; padding: 1rem 1.25rem }
header { padding-bottom: 0 } h1 { font-size: 1.4rem; margin: 0 } header p { margin: .2rem 0 0; color: var(--faint) } a { color: var(--accent) }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.5rem } @media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr) } }
h2 { font-size: 1rem } h2 small { color: var(--faint); font-weight: normal }
article { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; margin: 0 0 1rem }
.post { display: flex; gap: .7rem } .replies { margin: .6rem 0 0 2.6rem; border-left: 2px solid var(--line); padding-left: .8rem } .replies summary { color: var(--accent); cursor: pointer; margin-bottom: .5rem }
.avatar { flex: none; width: 2rem; height: 2rem; border-radius: 6px; background: #4a154b; color: #fff; display: grid; place-items: center }
.content { min-width: 0; flex: 1 } .who { margin-bottom: .25rem } time, .edited, .place { color: var(--faint); font-size: .8rem } .place { margin-left: .5rem }
.title { font-weight: 700; font-size: 1.05rem; margin: .1rem 0 .35rem } .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: .35rem 1rem; margin: .5rem 0 }
p, .text { margin: .35rem 0 } .context { color: var(--faint); font-size: .8rem } .button { display: inline-block; border: 1px solid var(--line); border-radius: 4px; padding: .2rem .7rem; margin: .3rem .4rem .3rem 0; text-decoration: none; font-weight: 600 }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 4px; padding: .5rem .6rem; margin: .4rem 0; font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap } .mail pre { background: none; border: 0; padding: 0; white-space: pre; overflow-x: auto }
.empty { color: var(--faint) } .good { color: #2b8a3e } .warning { color: #b08900 } .attention { color: #d6336c } .mono { font-family: ui-monospace, monospace; font-size: 12px }`;
