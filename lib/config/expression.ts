/** What a tag may be made of. */
export const tagCharacters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-';

/** One character, as often as said. */
export interface Single {
  /** Those of a tag's characters that it takes. */
  takes: string;
  least: number;
  most: number;
}

/** Alternatives in brackets, as often as said. */
export interface Group {
  alternatives: Part[][];
  least: number;
  most: number;
  name?: string;
  /** Looks ahead or behind, and takes nothing. */
  looks?: true;
}

export type Part = Single | Group;

/** A regular expression (flag u) that has been taken to its parts, or why it cannot be one of ours. */
export function readExpression(source: string): { whole: Part[][] } | { fault: string } {
  try {
    const { source: text } = new RegExp(source, 'u');
    return { whole: new Reader(text).alternatives() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { fault: message.replace(/^Invalid regular expression: .*\/u: /, '') };
  }
}

/** Every named group inside, however deep. */
export function namedGroups(alternatives: Part[][]): Group[] {
  const groups = alternatives.flat().filter((part): part is Group => 'alternatives' in part);
  return groups.flatMap((group) => [...(group.name === undefined ? [] : [group]), ...namedGroups(group.alternatives)]);
}

/** Those of some characters about which something is so. */
export function charactersOf(characters: string, isOne: (character: string) => boolean): string {
  return characters.split('').filter(isOne).join('');
}

// Reads what the engine has found to be an expression; what is left to refuse is what we do not follow.
class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  alternatives(): Part[][] {
    const all: Part[][] = [[]];
    while (this.#at < this.#source.length && this.#source[this.#at] !== ')') {
      if (this.#take(/\|/y)) all.push([]);
      else if (!this.#take(/\^|\$|\\b/iy)) all.at(-1)?.push(this.#part());
    }
    return all;
  }

  #part(): Part {
    const open = this.#take(/\((?:\?(?::|<?[=!]|<(?<name>[^>=!]+)>))?/y);
    return open === undefined ? this.#single() : this.#group(open);
  }

  #group([open, name]: RegExpExecArray): Group {
    if (this.#source[this.#at] === '?') throw new SyntaxError('flags inside an expression are not taken');
    const alternatives = this.alternatives();
    this.#at += 1; // The closing bracket.
    return { alternatives, ...this.#times(), ...(name === undefined ? {} : { name }), ...(/[=!]$/.test(open) ? { looks: true } : {}) };
  }

  #single(): Single {
    if (this.#take(/\\(?:[1-9]|k<)/y)) throw new SyntaxError('references back to a group are not taken');
    const [text] = this.#take(/\[(?:\\.|[^\]\\])*\]|\\(?:u\{[^}]*\}|u.{4}|x..|[pP]\{[^}]*\}|c.|.)|[^]/uy) ?? [''];
    const one = new RegExp(`^${text}$`, 'u');
    return { takes: charactersOf(tagCharacters, (character) => one.test(character)), ...this.#times() };
  }

  #times(): { least: number; most: number } {
    const [text, least, comma, most] = this.#take(/(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y) ?? [];
    if (text === undefined) return { least: 1, most: 1 };
    if (least === undefined) return { least: text.startsWith('+') ? 1 : 0, most: text.startsWith('?') ? 1 : Infinity };
    const open = comma === ',' && most === '';
    return { least: Number(least), most: open ? Infinity : Number(most === '' ? least : most) };
  }

  #take(expected: RegExp): RegExpExecArray | undefined {
    expected.lastIndex = this.#at;
    const found = expected.exec(this.#source) ?? undefined;
    this.#at = found === undefined ? this.#at : expected.lastIndex;
    return found;
  }
}
