// By the shell's convention 128 + n is the signal n. AWS promises nothing about it.
const meanings: Readonly<Record<number, string>> = {
  0: 'it ended by itself, without an error',
  126: 'its command may not be run',
  127: 'its command was not found',
  130: 'it was interrupted (SIGINT)',
  132: 'it ran an instruction that this processor does not know (SIGILL)',
  134: 'it aborted itself (SIGABRT)',
  135: 'it read memory that is not there (SIGBUS)',
  137: 'it was killed (SIGKILL), for its memory or for not ending in time',
  139: 'it crashed (SIGSEGV)',
  143: 'it was asked to end (SIGTERM)',
};

/** What an exit code says, in plain words that follow "exit code 137:". */
export function exitCodeMeaning(code: number): string {
  const meaning = meanings[code];
  if (meaning !== undefined) return meaning;
  if (code > 128 && code <= 192) return `it was ended by signal ${code - 128}`;
  return 'it ended with an error of its own';
}
