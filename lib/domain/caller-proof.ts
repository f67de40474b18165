/** A signed question to STS, "who am I", as its parts travel with a command: whoever replays it learns who signed it. */
export interface CallerProof {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** The signed header that binds a proof to one command. */
export const commandHeader = 'x-autopilot-command';
