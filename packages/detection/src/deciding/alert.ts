/** An event that an alert names. */
export interface AlertEvent {
  readonly eventId: string;
  readonly logGroup: string;
  readonly logStream: string;
}

/** One episode of a rule and key. Whoever stores alerts writes each given one over the one of the same id. */
export interface Alert {
  /** UUID (version 8) of a hash of organisation, rule, version, key and first event: a replay gives the same. */
  readonly id: string;
  readonly ruleId: string;
  readonly version: number;
  readonly key: string;
  /** Receive times of its first and last event; of an absence when it was due. */
  readonly firstAtUs: number;
  readonly lastAtUs: number;
  /** `created` of the block that opened it. */
  readonly openedAtUs: number;
  readonly count: number;
  /** The first ones, at most `ruleLimits.eventsPerAlert`. */
  readonly events: readonly AlertEvent[];
  /** Every log group and stream that its events came from: who may see all of them may see the alert. */
  readonly places: readonly { readonly logGroup: string; readonly logStream: string }[];
  /** False when there were more places than are kept: only who may see everything may see the alert. */
  readonly hasAllPlaces: boolean;
}
