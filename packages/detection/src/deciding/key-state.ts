import type { Alert } from './alert.ts';

export interface RuleKey {
  readonly ruleId: string;
  readonly version: number;
  readonly key: string;
}

/** What a rule remembers of one key: JSON, to be stored as it is and given back with the next block that concerns it. */
export interface KeyState extends RuleKey {
  /** `created` of a block that touched it: what decides which state goes first where there are too many. */
  readonly touchedAtUs: number;
  /** Given again with the first block whose `created` is later, even when that brings nothing for the key; null: with none. */
  readonly dueAtUs: number | null;
  readonly memory: KeyMemory;
}

/** A hit that waits for others. Times in microseconds. */
export interface Hit {
  /** When the record was received. */
  readonly us: number;
  /** The how-manieth event of the key it was, in the order of the log: parts hits of one time. */
  readonly n: number;
  /** `created` of the block that brought it. */
  readonly at: number;
  readonly eventId: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly value?: string;
  /** Hits that it stands for, when more than one. */
  readonly weight?: number;
}

export interface KeyMemory {
  /** Events of the key so far. */
  readonly n: number;
  /** Alerts that further hits may join, in the order in which they were opened. */
  readonly episodes: readonly Alert[];
  /** By step, each in the order of receive time. */
  readonly waiting: readonly (readonly Hit[])[];
  /** Hits that had to go although they might have counted. */
  readonly dropped: number;
  /** Of an absence: what came last. */
  readonly last?: Hit | null;
  /** Of an absence: whether an alert has said that nothing came after `last`. */
  readonly isSilent?: boolean;
}
