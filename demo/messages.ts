/** A thread of Slack: its first message as it stands now, and what was answered, oldest first. */
export interface Conversation {
  first: string;
  replies: string[];
}

interface Post {
  kind: string;
  body: object;
  ts?: string;
  thread?: string;
}

/** What stands in Slack, the newest thread first. */
export async function conversations(endpoint: string): Promise<Conversation[]> {
  const response = await fetch(`${endpoint}/_sandbox/messages`);
  const { posts } = (await response.json()) as { posts: Post[] };
  const slack = posts.filter(({ kind }) => kind === 'slack');
  const firsts = slack.filter(({ thread }) => thread === undefined).toReversed();
  return firsts.map(({ body, ts }) => ({
    first: JSON.stringify(body),
    replies: slack.filter(({ thread }) => thread !== undefined && thread === ts).map((reply) => JSON.stringify(reply.body)),
  }));
}
