/** Lets all code of the product run until it waits for a port: an immediate comes after every promise that can go on. */
export function codeToRest(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
