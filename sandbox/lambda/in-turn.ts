import { Agent, type ClientRequest } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import sleeping from 'node:timers/promises';
import type { Turnstile } from './turnstile.ts';

type AddRequest = (this: Agent, request: ClientRequest, ...rest: unknown[]) => void;

/** Whatever leads on without a socket or a timer: a file that is read, a connection that is made, something that is unpacked. */
const work = /(?:Req\w*|Job\w*|ConnectWrap|WriteWrap|Zlib)$/;

/** Resolves once this thread has nothing left to do but to wait for an answer or a timer. */
export async function atRest(): Promise<void> {
  for (let quietTurns = 0; quietTurns < 3;) {
    await new Promise(setImmediate);
    quietTurns = process.getActiveResourcesInfo().some((name) => work.test(name)) ? 0 : quietTurns + 1;
  }
}

/** Sends what the code of a function calls and sleeps through the turnstile; what it measures as time passed is what it slept. */
export function goInTurn(turnstile: Turnstile): void {
  requestInTurn(turnstile);
  fetchInTurn(turnstile);
  sleeping.setTimeout = async <T>(ms = 0, value?: T) => turnstile.sleep(ms).then(() => value as T);
  syncBuiltinESMExports();
  performance.now = () => turnstile.sleptMs;
}

/** What the SDK sends: all of it asks an agent for a socket. */
function requestInTurn(turnstile: Turnstile): void {
  const agents = Agent.prototype as unknown as { addRequest: AddRequest };
  const { addRequest } = agents;
  agents.addRequest = function (request, ...rest) {
    const send = (): Promise<void> =>
      new Promise((over) => {
        request.once('close', over);
        addRequest.call(this, request, ...rest);
      });
    turnstile.pass(send);
  };
}

function fetchInTurn(turnstile: Turnstile): void {
  const { fetch } = globalThis;
  globalThis.fetch = (...parts) =>
    new Promise((answer, refuse) => {
      turnstile.pass(async () => {
        const answering = fetch(...parts);
        answering.then(answer, refuse);
        await (await answering).clone().arrayBuffer(); // Over once its body is here too.
      });
    });
}
