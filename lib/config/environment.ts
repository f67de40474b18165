import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';

// Asked for by itself: the small build, a third of the whole one, has no words for faults of its own.
z.config(english());

/** What a function is told by its environment, and nothing else. */
export interface Environment {
  table: string;
  topicArn: string;
  stage: string;
}

const environment = z.object({
  AUTOPILOT_TABLE: z.string().check(z.minLength(3)),
  AUTOPILOT_TOPIC_ARN: z.string().check(z.regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/, { error: 'expected the ARN of a topic' })),
  AUTOPILOT_STAGE: z.string().check(z.minLength(1)),
});

/** Reads the environment; one error names every variable that is missing or malformed, and never the value of another. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new Error(`The function's environment is unusable:\n${z.prettifyError(parsed.error)}`);
  return { table: parsed.data.AUTOPILOT_TABLE, topicArn: parsed.data.AUTOPILOT_TOPIC_ARN, stage: parsed.data.AUTOPILOT_STAGE };
}
