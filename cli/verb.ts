import type { Settings } from './settings.ts';
import type { Page } from './page.ts';
import type { ServicePolicy } from '../lib/domain/policy.ts';
import type { CommandLineNeeds } from '../lib/wire.ts';

/** A flag as it is declared: help, parsing and the value's type are made from it. */
export interface Flag {
  type: 'string' | 'boolean';
  /** What stands for its value in the help: N. */
  value?: string;
  summary: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** The flags that were given, by their names; a boolean one is true or absent. */
export type Given<F extends Flags> = { [Name in keyof F]?: F[Name]['type'] extends 'boolean' ? true : string };

/** A word after the service. */
export interface Argument {
  /** As in the help: TAG. */
  name: string;
  summary: string;
  optional?: true;
}

/** Whether a verb is about a service: always, where one is named, or never. */
export type ServiceNeed = 'required' | 'optional' | 'none';

/** What a verb is called with. */
export interface Call<N extends ServiceNeed = ServiceNeed, F extends Flags = Flags> {
  /** The policy of the service that was named. */
  policy: N extends 'required' ? ServicePolicy : ServicePolicy | undefined;
  /** The words after the service, by their names. */
  words: Record<string, string>;
  flags: Given<F>;
  settings: Settings;
  needs: CommandLineNeeds;
  now: Date;
  page: Page;
}

/** What a verb answers: for people as lines of the page's width, for machines as JSON. */
export interface Report {
  lines: string[];
  data: object;
  /** 1: refused or failed, and the report says why. */
  status?: 0 | 1;
}

interface Definition<N extends ServiceNeed, F extends Flags> {
  name: string;
  /** One line, what it does: `show …`. */
  summary: string;
  /** What is worth knowing before one uses it, a sentence each. */
  about?: readonly string[];
  service: N;
  words?: readonly Argument[];
  flags: F;
  /** Whether it changes something: then account and region are told first, and who sits at a terminal is asked. */
  changes: boolean;
  run(call: Call<N, F>): Promise<Report>;
}

export type Verb = Definition<ServiceNeed, Flags>;

/** Declares a verb; the types of its flags and of its service follow from the declaration. */
export function verb<const N extends ServiceNeed, const F extends Flags>(definition: Definition<N, F>): Verb {
  return definition;
}
