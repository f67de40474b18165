/** What the sandbox tells about itself. */
export interface PageFacts {
  now: string;
  speed: string;
  endpoint: string;
  services: { name: string; operations: string[] }[];
  functions: string[];
  rules: string[];
  stacks: string[];
  messages: { at: string; subject: string }[];
}

/** The sandbox's page, for people. */
export function page(facts: PageFacts): string {
  const services = facts.services.map(({ name, operations }) => `${name}, ${operations.length} operations`);
  const messages = facts.messages.map(({ at, subject }) => `${at}  ${subject}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sandbox</title>
<style>body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem } h2 { font-size: 1rem; margin-bottom: 0 } ul { margin-top: .3rem }</style>
<h1>Sandbox</h1>
<p>${escape(facts.now)}, speed ${escape(facts.speed)}, ${escape(facts.endpoint)}</p>
${section('Stacks', facts.stacks)}${section('Services', services)}${section('Functions', facts.functions)}${section('Rules', facts.rules)}${section('Latest messages', messages)}
</html>
`;
}

function section(title: string, items: string[]): string {
  const list = items.length === 0 ? '<li>none</li>' : items.map((item) => `<li>${escape(item)}</li>`).join('');
  return `<h2>${title}</h2>\n<ul>${list}</ul>\n`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
