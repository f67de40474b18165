import { expect, it } from '@jest/globals';
import { SteppedAgenda } from '../../sandbox/model/agenda.ts';
import { Calls } from './calls.ts';
import { codeToRest } from './code-to-rest.ts';
import { Draws } from './draws.ts';
import { Faults } from './faults.ts';
import type { Process } from './process.ts';
import type { Surroundings } from './surroundings.ts';
import { Trace } from './trace.ts';

const startedMs = Date.parse('2026-11-23T08:00:00Z');
const stirred = { times: 0 };
const stir = (): void => void (stirred.times += 1);

const refuse = (): Promise<never> => Promise.reject(new Error('TaskDefinition is inactive'));

function surroundings(): Surroundings {
  const faults = new Faults(1, {}, () => undefined);
  faults.cease();
  return {
    agenda: new SteppedAgenda(new Date(startedMs)),
    faults,
    delays: new Draws(1, 'delays'),
    trace: new Trace(false),
    observe: () => undefined,
    stir,
  };
}

it('a call takes effect whose sender died on the way, is seen at once, and its refusal is lost on nobody', async () => {
  const around = surroundings();
  const process: Process = { id: 'tick/1', name: 'tick', startedMs, configuration: { services: {} } as never, alive: true };
  const port = new Calls(around, () => undefined).through(process, 'services', { run: refuse });
  void port.run();
  process.alive = false;
  stirred.times = 0;
  around.agenda.step(new Date(startedMs + 60_000));
  expect(stirred.times).toBe(1);
  await codeToRest(); // A refusal that nobody hears fails this test by itself, as it would end a whole search.
});
