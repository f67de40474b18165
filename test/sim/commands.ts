import type { Command } from '../../lib/domain/command.ts';
import { toInstant } from '../../lib/domain/instant.ts';
import { obeyCommand } from '../../lib/flows/obey-command.ts';
import type { MemoryTable } from '../fakes/memory-table.ts';
import type { Functions, Order } from './functions.ts';
import type { Images } from './images.ts';
import type { FaultSource } from './faults.ts';
import { minuteMs } from './place.ts';
import { later, nowMs, type Surroundings } from './surroundings.ts';

/** What a person orders; numbers choose among what is there when it comes to it. */
export interface OrderedByHand {
  do: 'command';
  verb: 'rollback' | 'hold' | 'resume' | 'lift' | 'deploy' | 'cancel' | 'wake' | 'sleep';
  service: string;
  choice: number;
  skipGates: boolean;
}

/** People at the command line: they look at what is on record, order something, and order it once more where no answer came. */
export class Commands {
  readonly #surroundings: Surroundings;
  readonly #functions: Functions;
  readonly #table: MemoryTable;
  readonly #images: Images;
  #count = 0;

  constructor(surroundings: Surroundings, functions: Functions, table: MemoryTable, images: Images) {
    this.#surroundings = surroundings;
    this.#functions = functions;
    this.#table = table;
    this.#images = images;
  }

  order(action: OrderedByHand): void {
    this.#count += 1;
    const command = this.#commandOf(action, `command-${this.#count}`);
    if (command === undefined) return;
    const order = this.#orderOf(command);
    this.#functions.invoke(order);
    if (this.#faults.strikes('command repeated'))
      later(this.#surroundings, this.#faults.between(0, 30_000), () => this.#functions.invoke(order));
  }

  get #faults(): FaultSource {
    return this.#surroundings.faults;
  }

  #orderOf(command: Command): Order {
    const about = 'service' in command ? command.service : '';
    return {
      name: 'obey-command',
      because: `${command.verb} ${about}`,
      flow: async (needs, at) => {
        const { outcome, reason } = await obeyCommand(command, needs, at);
        this.#surroundings.trace.note(() => `  ${at.id} answers ${outcome}: ${reason.text}`);
        this.#surroundings.observe({ kind: 'answered', verb: command.verb, outcome, reason });
      },
    };
  }

  #commandOf({ verb, service, choice, skipGates }: OrderedByHand, id: string): Command | undefined {
    const order = { id, actor: 'arn:aws:iam::123456789012:user/anna', reason: 'as agreed' };
    const head = this.#table.heads.get(service);
    switch (verb) {
      case 'lift': {
        const barred = [...this.#table.quarantine.keys(), ...Object.keys(head?.barred ?? {})];
        const digest = barred[choice % Math.max(1, barred.length)];
        if (digest === undefined) return undefined;
        return { ...order, verb, digest, ...(head?.barred[digest] === undefined ? {} : { service }) };
      }
      case 'deploy': {
        const taken = [...this.#images.byDigest.values()].filter(({ repository }) => head?.seen[repository] !== undefined);
        const image = taken[choice % Math.max(1, taken.length)];
        return image && { ...order, verb, service, repository: image.repository, image: image.digest, skipGates };
      }
      case 'rollback': {
        const to = choice % 2 === 0 ? undefined : head?.verified[choice % Math.max(1, head.verified.length)]?.id;
        return { ...order, verb, service, ...(to === undefined ? {} : { to }) };
      }
      case 'wake':
      case 'sleep': {
        const forMs = (2 + (choice % 25)) * minuteMs;
        return { ...order, verb, service, until: toInstant(new Date(nowMs(this.#surroundings) + forMs)) };
      }
      case 'hold':
      case 'resume':
      case 'cancel':
        return { ...order, verb, service };
      default:
        return verb satisfies never;
    }
  }
}
