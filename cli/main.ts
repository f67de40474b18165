#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { printed } from './framework.ts';
import { nowAt } from './now.ts';
import { terminalPage } from './page.ts';
import { run, type Surroundings } from './run.ts';
import { verbs } from './verbs.ts';
import { wireCommandLine } from '../lib/wire.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const surroundings: Surroundings = {
  env: process.env,
  now: nowAt,
  version,
  page: terminalPage(process.stdout),
  isAsked: process.stdin.isTTY && process.stderr.isTTY,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  ask,
  configurationOf: (flags) => printed(process.cwd(), flags),
  wire: wireCommandLine,
};

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

process.exitCode = await run(process.argv.slice(2), verbs, surroundings);
