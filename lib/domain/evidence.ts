/** What was found at a task that failed, for people: kept on the record of the deployment that it condemned. No value of a secret stands in it. */
export interface Evidence {
  /** The essential container that failed. */
  container?: string;
  exitCode?: number;
  /** What the exit code says. */
  exitMeaning?: string;
  /** The last lines that the container wrote, secrets hidden. */
  log?: string[];
  /** Where the container writes. */
  logStream?: LogStream;
  /** Why its lines could not be read, and what is to be granted for it. */
  logFault?: string;
  /** How the revision differs from the one that the service goes back to, a line a setting; empty: in nothing but the image. */
  differs?: string[];
}

/** A stream of CloudWatch Logs. Without a region it is where the service is. */
export interface LogStream {
  group: string;
  stream: string;
  region?: string;
}
