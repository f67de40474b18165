import { describe, expect, it } from '@jest/globals';
import { configuration } from '../../lib/config/compiled.ts';
import { readEnvironment } from '../../lib/config/environment.ts';

const env = {
  AUTOPILOT_TABLE: 'ecs-autopilot-test',
  AUTOPILOT_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:alerts',
  AUTOPILOT_STAGE: 'test',
};

describe('readEnvironment', () => {
  it('reads what a function is told', () => {
    expect(readEnvironment({ ...env, AWS_REGION: 'eu-west-1' })).toEqual({
      table: 'ecs-autopilot-test',
      topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
      stage: 'test',
    });
  });

  it('names every fault in one error, and no other variable', () => {
    const bad = { AUTOPILOT_TABLE: '', AUTOPILOT_TOPIC_ARN: 'alerts', AWS_SECRET_ACCESS_KEY: 'planted' };
    const read = () => readEnvironment(bad);
    expect(read).toThrow(
      [
        "The function's environment is unusable:",
        'AUTOPILOT_TABLE: expected the name of a table',
        'AUTOPILOT_TOPIC_ARN: expected the ARN of a topic',
        'AUTOPILOT_STAGE: it is missing, expected the name of the stage',
      ].join('\n'),
    );
    expect(read).not.toThrow(/planted/);
  });
});

describe('the compiled configuration', () => {
  it('is empty outside a bundle', () => {
    expect(configuration).toEqual({ hash: 'unpackaged', services: {}, reconcile: { perMinute: 10 } });
  });
});
