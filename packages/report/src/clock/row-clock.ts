/** What a row of the time report says of a host's clock over the period. Moments are RFC 3339 in UTC, event times. */
export interface RowClock {
  /** Of hosts, whose limits it was judged by; null: the usual ones. */
  readonly group: string | null;
  /** At the end of the period; `unknown`: no line has said. */
  readonly state: 'synchronized' | 'unsynchronized' | 'stopped' | 'stepped' | 'unknown';
  readonly since: string | null;
  readonly server: string | null;
  /** Null without a server or without designated ones. */
  readonly isDesignated: boolean | null;
  readonly stratum: number | null;
  /** The largest of the period, with its sign. */
  readonly offsetSeconds: number | null;
  readonly steps: readonly {
    readonly time: string;
    readonly offsetSeconds: number | null;
    readonly by: 'person' | 'service' | 'unknown';
    readonly account: string | null;
  }[];
  readonly lost: readonly {
    readonly state: 'unsynchronized' | 'stopped' | 'stepped';
    readonly from: string;
    /** Null: it lasts. */
    readonly to: string | null;
  }[];
  readonly limits: {
    readonly offsetMs: number;
    readonly unsynchronizedMinutes: number;
    readonly stepMs: number;
    readonly silentHours: number;
  } | null;
}
