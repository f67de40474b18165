const own = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Lets what a function fetches from outside of AWS arrive at the sandbox, which stands for all hosts: nothing leaves this machine. */
export function fetchFromOutside(endpoint: string, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (own.has(url.hostname)) return fetch(input, init);
    const inside = new URL(`/_sandbox/outside/${url.host}${url.pathname}${url.search}`, endpoint);
    return fetch(input instanceof Request ? new Request(inside, input) : inside, init);
  };
}
