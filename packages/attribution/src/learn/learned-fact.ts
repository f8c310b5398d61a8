/**
 * What the logs say of leases and sessions, one fact an event at most. Facts are kept as they were said and in no order; the
 * periods that follow from them are made when somebody asks (`sessionsOf`, `leasesOf`).
 */
export const factKinds = ['lease', 'lease-end', 'session-start', 'session-end', 'elevation'] as const;
export type FactKind = (typeof factKinds)[number];

export interface LearnedFact {
  readonly kind: FactKind;
  /** The event that says it. */
  readonly eventId: string;
  /** Event time, UTC milliseconds. */
  readonly timeMs: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly sourceId: string;
  /** `host.name`; null where the event has none. */
  readonly host: string | null;
  /** `process.name` of the program whose session it is. */
  readonly program: string | null;
  readonly pid: number | null;
  /** In the form `pts/0`. */
  readonly tty: string | null;
  /** The kernel's or systemd's number of the login session. */
  readonly session: string | null;
  /** Number of the account that logged in (auid), or of `account` or, of an elevation, of `origin`. */
  readonly loginId: string | null;
  /** Whose session it is: of an elevation, the account that is acted as. */
  readonly account: string | null;
  /** The account before an elevation. */
  readonly origin: string | null;
  /** Of a lease in the form `00-00-5E-00-53-01`. */
  readonly mac: string | null;
  /** The leased address, or where a session came from. */
  readonly address: string | null;
  /** When a lease ends unless it is renewed. */
  readonly untilMs: number | null;
}
