/** Gives an order to a running sandbox; answers what to print. Throws a text that says what to do where none answers. */
export async function order(endpoint: string, words: string[]): Promise<string> {
  const asked = request(words);
  const response = await fetch(
    `${endpoint}/_sandbox/${asked.path}`,
    asked.body ? { method: 'POST', body: JSON.stringify(asked.body) } : {},
  ).catch((cause: unknown) => {
    throw new Error(`No sandbox answers on ${endpoint}: start one with \`npm start\` or \`npm run sandbox\`, or name its --port`, {
      cause,
    });
  });
  const answer = (await response.json()) as { now?: string; speed?: number; error?: string };
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}`);
  return `${answer.now}, speed ${answer.speed}`;
}

function request([verb, first, second]: string[]): { path: string; body?: object } {
  if (verb === 'reset') return { path: 'reset', body: {} };
  if (verb === 'clock' && first === undefined) return { path: 'clock' };
  if (verb === 'clock' && first === 'speed' && second !== undefined) return { path: 'clock', body: { speed: second } };
  if (verb === 'clock' && first !== undefined && first !== 'speed') return { path: 'clock', body: { advance: first } };
  throw new Error(
    `The sandbox knows clock, clock +10h, clock speed 60 and reset; found ${[verb, first, second].filter(Boolean).join(' ')}`,
  );
}
