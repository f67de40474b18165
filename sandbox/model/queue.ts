import type { Agenda } from './agenda.ts';

/** A message as it lies in a queue. */
export interface QueuedMessage {
  id: string;
  body: string;
  messageAttributes: Record<string, MessageAttribute>;
  sentAt: Date;
  firstReceivedAt?: Date;
  receiveCount: number;
}

/** A message attribute as the SDK's commands have it. */
export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: Uint8Array;
}

/** A message together with the handle by which this one receipt deletes it. */
export interface ReceivedMessage extends QueuedMessage {
  receiptHandle: string;
}

export interface QueueSettings {
  visibilityTimeoutMs: number;
  retentionMs: number;
  delayMs: number;
  /** After so many receipts a message goes to the dead-letter queue instead of being received again. */
  redrive?: { receiveCountMax: number; send: (message: QueuedMessage) => void };
}

interface Entry {
  message: QueuedMessage;
  visibleAtMs: number;
  receiptHandle?: string;
}

/** A standard SQS queue: at least once, in the order of sending where nothing came back, hidden while being worked on. */
export class Queue {
  settings: QueueSettings;
  #entries: Entry[] = [];
  #listeners = new Set<() => void>();
  #receipts = 0;
  readonly #agenda: Agenda;

  constructor(agenda: Agenda, settings: QueueSettings) {
    this.#agenda = agenda;
    this.settings = settings;
  }

  /** Calls back whenever a message becomes visible; answers how to stop that. */
  onVisible(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(message: Omit<QueuedMessage, 'sentAt' | 'receiveCount'>, delayMs = this.settings.delayMs): void {
    this.take({ ...message, sentAt: this.#agenda.now(), receiveCount: 0 }, delayMs);
  }

  /** Takes a message as it is, its age included: from another queue. */
  take(message: QueuedMessage, delayMs = 0): void {
    const entry = { message, visibleAtMs: this.#agenda.now().getTime() + delayMs };
    this.#entries.push(entry);
    if (delayMs > 0) this.#tellAt(entry.visibleAtMs);
    else this.#tell();
  }

  /** Receives up to so many visible messages and hides them for a while. */
  receive(countMax: number, visibilityTimeoutMs = this.settings.visibilityTimeoutMs): ReceivedMessage[] {
    this.#dropExpired();
    const nowMs = this.#agenda.now().getTime();
    const received: ReceivedMessage[] = [];
    for (const entry of this.#entries.filter(({ visibleAtMs }) => visibleAtMs <= nowMs)) {
      if (received.length === countMax) break;
      if (!this.#redriven(entry)) received.push(this.#hide(entry, visibilityTimeoutMs));
    }
    return received;
  }

  /** Deletes by the handle of the last receipt; a handle that is not known any more deletes nothing. */
  delete(receiptHandle: string): void {
    this.#entries = this.#entries.filter((entry) => entry.receiptHandle !== receiptHandle);
  }

  /** Shows or hides a received message for longer; false where the handle is not known. */
  changeVisibility(receiptHandle: string, timeoutMs: number): boolean {
    const entry = this.#entries.find((one) => one.receiptHandle === receiptHandle);
    if (!entry) return false;
    entry.visibleAtMs = this.#agenda.now().getTime() + timeoutMs;
    this.#tellAt(entry.visibleAtMs);
    return true;
  }

  purge(): void {
    this.#entries = [];
  }

  /** How many messages are visible, are being worked on, and wait for their delay. */
  counts(): { visible: number; hidden: number; delayed: number } {
    this.#dropExpired();
    const nowMs = this.#agenda.now().getTime();
    const later = this.#entries.filter(({ visibleAtMs }) => visibleAtMs > nowMs);
    const delayed = later.filter(({ receiptHandle }) => receiptHandle === undefined).length;
    return { visible: this.#entries.length - later.length, hidden: later.length - delayed, delayed };
  }

  /** Every message that is in the queue, hidden ones included, without receiving any. */
  peek(): QueuedMessage[] {
    this.#dropExpired();
    return this.#entries.map(({ message }) => message);
  }

  #hide(entry: Entry, timeoutMs: number): ReceivedMessage {
    const now = this.#agenda.now();
    const { message } = entry;
    message.receiveCount++;
    message.firstReceivedAt ??= now;
    entry.receiptHandle = `${message.id}#${++this.#receipts}`;
    entry.visibleAtMs = now.getTime() + timeoutMs;
    this.#tellAt(entry.visibleAtMs);
    return { ...message, receiptHandle: entry.receiptHandle };
  }

  #redriven(entry: Entry): boolean {
    const { redrive } = this.settings;
    if (!redrive || entry.message.receiveCount < redrive.receiveCountMax) return false;
    this.#entries = this.#entries.filter((one) => one !== entry);
    redrive.send(entry.message);
    return true;
  }

  #dropExpired(): void {
    const oldestMs = this.#agenda.now().getTime() - this.settings.retentionMs;
    this.#entries = this.#entries.filter(({ message }) => message.sentAt.getTime() > oldestMs);
  }

  #tellAt(atMs: number): void {
    this.#agenda.at(new Date(atMs), () => this.#tell());
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
