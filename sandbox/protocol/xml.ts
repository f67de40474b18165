import type { Shape } from './schema.ts';

/** Writes what an operation answered as XML, as the query protocol has it: `member` in lists, `entry` in maps. */
export function writeXml(shape: Shape, value: unknown, name: string): string {
  if (value === undefined || value === null) return '';
  const own = shape.traits.xmlName;
  if (shape.kind === 'list') return writeList(shape, value as unknown[], name);
  if (shape.kind === 'map') return writeMap(shape, value as Record<string, unknown>, name);
  return element(
    own ?? name,
    shape.kind === 'structure' ? writeMembers(shape, value as Record<string, unknown>) : escape(scalar(shape, value)),
  );
}

/** The members of a structure, one after the other, without an element around them. */
export function writeMembers(shape: Shape, value: Record<string, unknown>): string {
  return Object.entries(value)
    .map(([name, entry]) => {
      const member = shape.members.get(name);
      if (!member) throw new Error(`The answer has a member that ${shape.name} does not have: ${name}`);
      return writeXml(member(), entry, name);
    })
    .join('');
}

/** An element with its content, which is XML already. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** A text as XML content. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function writeList(shape: Shape, value: unknown[], name: string): string {
  const outer = shape.traits.xmlName ?? name;
  if (shape.traits.xmlFlattened) return value.map((entry) => writeXml(shape.value(), entry, outer)).join('');
  return element(name, value.map((entry) => writeXml(shape.value(), entry, 'member')).join(''));
}

function writeMap(shape: Shape, value: Record<string, unknown>, name: string): string {
  const entries = Object.entries(value).map(([key, entry]) => writeXml(shape.key(), key, 'key') + writeXml(shape.value(), entry, 'value'));
  if (shape.traits.xmlFlattened) return entries.map((entry) => element(shape.traits.xmlName ?? name, entry)).join('');
  return element(name, entries.map((entry) => element('entry', entry)).join(''));
}

function scalar(shape: Shape, value: unknown): string {
  if (shape.kind === 'timestamp') return (value as Date).toISOString();
  if (shape.kind === 'blob') return Buffer.from(value as Uint8Array).toString('base64');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
