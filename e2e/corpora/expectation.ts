import type { EventClass } from '@akashi/log-event';

/** A value that somebody else says a line has. */
export interface StatedField {
  /** Their name for it. */
  readonly name: string;
  /** Fields and labels of ours of which one must have it; `time`, `message` and `format` are those of the event. */
  readonly ours: readonly string[];
  readonly value: string;
}

/** What others say of one line. */
export interface Expectation {
  /** `wazuh/sshd`: the corpus, and its part. */
  readonly part: string;
  /** Where the line stands, for people who have the corpus: its text is never written down. */
  readonly place: string;
  readonly line: string;
  /** The other records of the same event. */
  readonly joined?: readonly string[];
  readonly receivedAt: string;
  /** The sender's zone, for lines without one. */
  readonly timeZone?: string;
  readonly fields: readonly StatedField[];
  readonly classes: readonly EventClass[];
}
