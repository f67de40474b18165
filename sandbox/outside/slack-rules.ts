/** What Slack takes of a message. Longer texts, more blocks and unknown forms are refused whole, as Slack does. */
const limits = {
  blocks: 50,
  text: 40_000,
  section: 3000,
  fields: 10,
  field: 2000,
  header: 150,
  contextElements: 10,
  buttons: 25,
  button: 75,
  url: 3000,
  blockId: 255,
  total: 13_200,
} as const;

type Json = Record<string, unknown>;

/** Why Slack would refuse the message, in its own word; undefined where it takes it. */
export function slackFault(message: Json): 'no_text' | 'invalid_blocks' | 'msg_too_long' | 'msg_blocks_too_long' | undefined {
  const { text, blocks } = message;
  const hasText = typeof text === 'string' && text !== '';
  if (blocks === undefined) return hasText ? undefined : 'no_text';
  if (hasText && lengthOf(text) > limits.text) return 'msg_too_long';
  if (!Array.isArray(blocks) || blocks.length === 0 || blocks.length > limits.blocks) return 'invalid_blocks';
  if (!blocks.every((block) => isMapping(block) && isBlock(block))) return 'invalid_blocks';
  return totalOf(blocks) > limits.total ? 'msg_blocks_too_long' : undefined;
}

function isBlock(block: Json): boolean {
  const { type, block_id: id } = block;
  if (id !== undefined && !isText(id, limits.blockId)) return false;
  switch (type) {
    case 'header':
      return isTextObject(block['text'], limits.header, ['plain_text']);
    case 'section':
      return isSection(block);
    case 'context':
      return isList(block['elements'], limits.contextElements) && block['elements'].every((one) => isTextObject(one, limits.field));
    case 'actions':
      return isList(block['elements'], limits.buttons) && block['elements'].every(isButton);
    case 'divider':
      return true;
    default:
      return false;
  }
}

function isSection({ text, fields }: Json): boolean {
  if (text === undefined && fields === undefined) return false;
  if (text !== undefined && !isTextObject(text, limits.section)) return false;
  return fields === undefined || (isList(fields, limits.fields) && fields.every((field) => isTextObject(field, limits.field)));
}

function isButton(element: unknown): boolean {
  if (!isMapping(element) || element['type'] !== 'button') return false;
  const { text, url } = element;
  return isTextObject(text, limits.button, ['plain_text']) && (url === undefined || isText(url, limits.url));
}

function isTextObject(value: unknown, most: number, types: string[] = ['plain_text', 'mrkdwn']): boolean {
  return isMapping(value) && types.includes(String(value['type'])) && isText(value['text'], most);
}

function isText(value: unknown, most: number): boolean {
  return typeof value === 'string' && value !== '' && lengthOf(value) <= most;
}

function isList(value: unknown, most: number): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.length <= most;
}

function isMapping(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function totalOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + totalOf(one), 0);
  if (!isMapping(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? lengthOf(part) : totalOf(part)),
    0,
  );
}

function lengthOf(text: string): number {
  return text.length; // In UTF-16 units: the stricter of the two ways in which Slack might count.
}
