/** A message as it arrived at a host outside of AWS. */
export interface OutsideMessage {
  kind: 'slack' | 'teams' | 'webhook';
  at: string;
  /** Where it arrived: Slack's channel, or host and path. */
  place: string;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Slack's name of the message, and of the first one of its thread. */
  ts?: string;
  thread?: string;
  updatedAt?: string;
}
