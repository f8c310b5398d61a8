/** A line as the servers, devices and programs of the shop write it. */
export interface StoryLine {
  /** When it is written, in milliseconds since 1970. */
  readonly atMs: number;
  readonly logGroup: string;
  /** Null: sent by syslog, where the host's name gives the stream. */
  readonly logStream: string | null;
  readonly text: string;
  /** Of the daily business that the second organisation has as well; nobody's own act. */
  readonly isBusiness: boolean;
}

export const byTime = (one: StoryLine, other: StoryLine): number => one.atMs - other.atMs;
