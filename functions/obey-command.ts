import { wireObeyCommand } from '../lib/wire.ts';
import { entry } from '../lib/entry.ts';
import { parseCommand } from '../lib/events/command.ts';
import { receiveCommand } from '../lib/flows/receive-command.ts';

const needs = wireObeyCommand();

/** Called directly, by the command line or by any Invoke; answers what became of the command (docs/commands.md). */
export const handler = entry(async (event, moment) => receiveCommand(parseCommand(event), needs, moment), needs.budget);
