import { describe, expect, it } from '@jest/globals';
import { parseBehaviour } from '../../sandbox/model/ecs/behaviour.ts';
import type { Behaviour } from '../../sandbox/model/ecs/behaviour.ts';

describe('parseBehaviour', () => {
  it.each<[run: string | undefined, behaviour: Partial<Behaviour>]>([
    [undefined, { kind: 'healthy', startMs: 0 }],
    ['healthy', { kind: 'healthy' }],
    ['crash after=45s exit=3', { kind: 'crash', afterMs: 45_000, exitCode: 3 }],
    ['crash', { kind: 'crash', afterMs: 30_000, exitCode: 1 }],
    ['  crash   after=2m ', { kind: 'crash', afterMs: 120_000, exitCode: 1 }],
    ['crash after=1h start=5s', { kind: 'crash', afterMs: 3_600_000, startMs: 5_000 }],
    ['oom after=10s', { kind: 'oom', afterMs: 10_000, exitCode: 137 }],
    ['unhealthy', { kind: 'unhealthy' }],
    ['cannot-pull', { kind: 'cannot-pull' }],
    ['slow start=90s', { kind: 'healthy', startMs: 90_000 }],
    ['', { kind: 'not-understood' }],
    ['explode', { kind: 'not-understood' }],
    ['crash after=30', { kind: 'not-understood' }],
    ['crash exit=1s', { kind: 'not-understood' }],
    ['healthy exit=1', { kind: 'not-understood' }],
    ['crash befor=30s', { kind: 'not-understood' }],
  ])('reads %p', (run, behaviour) => {
    expect(parseBehaviour(run)).toMatchObject(behaviour);
  });
});
