import type { ReportDefinition, ReportLanguage, RunSummary } from '@akashi/report';

export type Language = ReportLanguage;

/** An area as it was when the run was made. Empty lists leave nothing out. */
export interface RunArea {
  readonly id: string;
  readonly name: string;
  readonly logGroups: readonly string[];
  readonly logStreams: readonly string[];
  /** Names of sources, as people know them. */
  readonly sources: readonly string[];
  readonly hosts: readonly string[];
}

/** What is frozen of a run beside its rows: all that its files say and its rows do not. Moments are RFC 3339 in UTC. */
export interface RunHead {
  readonly id: string;
  readonly organisation: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly definition: ReportDefinition;
  /** Null: everything that the person who asked may see. */
  readonly area: RunArea | null;
  /** Receive time: from included, to not included. */
  readonly from: string;
  readonly to: string;
  /** The organisation's day, yyyy-mm-dd, of a run that a duty made. */
  readonly day: string | null;
  readonly kind: 'duty' | 'by-hand' | 'addendum';
  readonly addendumTo: string | null;
  /** Name of a person; null: the duty. */
  readonly requestedBy: string | null;
  readonly createdAt: string;
  readonly summary: RunSummary;
  /** The frozen NDJSON: its length, and its SHA-256 in hexadecimal. */
  readonly ndjson: { readonly bytes: number; readonly sha256: string };
  /** Versions of what decided what the rows say, such as `product`, `formats`, `masters`; printed as they are. */
  readonly versions: Readonly<Record<string, string>>;
}
