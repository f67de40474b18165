import type { Channel } from '../../lib/domain/channel.ts';
import type { ToldMessage } from '../../lib/domain/told-message.ts';
import type { MetricName } from '../../lib/domain/metric.ts';
import { postToSlack } from '../../lib/flows/post-to-slack.ts';
import { aNotification } from '../contract/examples.ts';
import { fakePosters } from './fake-posters.ts';
import { fakeTopic } from './fake-topic.ts';
import { memoryPosts } from './memory-posts.ts';

/** When all of it happens. */
export const now = new Date('2026-11-23T10:10:10.000Z');
/** A thread a deployment. */
export const bot: Channel = { id: 'bot', address: { kind: 'slack-bot', token: 'ssm:/token', channel: 'C0123456789' }, level: 'info' };
export const teams: Channel = { id: 'teams', address: { kind: 'teams', webhook: 'ssm:/teams' }, level: 'critical' };

/** A message as it came from the topic. */
export const told = (
  state: 'deploying' | 'live' | 'failed',
  deployment = 'one',
  differs: Parameters<typeof aNotification>[0] = {},
): ToldMessage => ({
  id: `${deployment}-${state}`,
  notification: aNotification({
    id: `${deployment}#${state}`,
    deployment,
    state,
    level: state === 'failed' ? 'critical' : 'info',
    at: `2026-11-23T10:1${state === 'deploying' ? 0 : 1}:00.000Z`,
    ...differs,
  }),
});

/** The flow on fakes, and what it did. */
export function here(channels: Channel[] = [bot, teams]) {
  const { posters, sent, refusals, poison } = fakePosters();
  const [posts, topic] = [memoryPosts(), fakeTopic()];
  const logged: string[] = [];
  const counted: [MetricName, number][] = [];
  const metrics = { put: (name: MetricName, value: number) => void counted.push([name, value]) };
  let remainingMs = 60_000;
  let invocations = 0;
  const post = (messages: ToldMessage[]): Promise<string[]> => {
    invocations += 1;
    const invocation = {
      id: `invocation-${invocations}`,
      now,
      timeoutMs: 60_000,
      remainingMs: () => remainingMs,
      log: (message: string) => void logged.push(message),
    };
    return postToSlack(messages, { channels, posters, posts, topic, metrics }, invocation);
  };
  return { post, sent, refusals, poison, posts, topic, logged, counted, leave: (ms: number) => void (remainingMs = ms) };
}

/** What was posted where, in order. */
export const summary = ({ sent }: ReturnType<typeof here>): string[] =>
  sent.map(({ channel, message, thread }) => `${channel} ${message.id}${thread === undefined ? '' : ` in ${thread}`}`);
