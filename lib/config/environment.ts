/** What a function is told by its environment, and nothing else. */
export interface Environment {
  table: string;
  topicArn: string;
  stage: string;
}

const variables = {
  AUTOPILOT_TABLE: { form: /^[\w.-]{3,255}$/, expected: 'the name of a table' },
  AUTOPILOT_TOPIC_ARN: { form: /^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/, expected: 'the ARN of a topic' },
  AUTOPILOT_STAGE: { form: /./, expected: 'the name of the stage' },
} as const;

/**
 * Reads the environment; one error names every variable that is missing or malformed, and never the value of another. Read by hand: the
 * validator would be a sixth of what the tick carries beside its SDK clients, for three texts that our own template writes.
 */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  const faults = Object.entries(variables).flatMap(([name, { form, expected }]) => {
    const value = env[name];
    if (value === undefined) return [`${name}: it is missing, expected ${expected}`];
    return form.test(value) ? [] : [`${name}: expected ${expected}`];
  });
  if (faults.length > 0) throw new Error(`The function's environment is unusable:\n${faults.join('\n')}`);
  const { AUTOPILOT_TABLE: table = '', AUTOPILOT_TOPIC_ARN: topicArn = '', AUTOPILOT_STAGE: stage = '' } = env;
  return { table, topicArn, stage };
}

/** Where STS is, when the environment names another AWS, as every AWS SDK reads it; undefined: the one of AWS. */
export function stsEndpoint(env: Record<string, string | undefined>): string | undefined {
  return env['AWS_ENDPOINT_URL_STS'] ?? env['AWS_ENDPOINT_URL'];
}

/** Account, region and stage of the installation: what a proof of who orders a command is made for. */
export function audienceOf({ topicArn, stage }: Pick<Environment, 'topicArn' | 'stage'>): string {
  const [, , , region = '', account = ''] = topicArn.split(':');
  return [account, region, stage].join('/');
}
