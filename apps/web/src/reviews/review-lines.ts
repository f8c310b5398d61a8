import type { ReportRow, ReviewItem } from '../api-client/log-reviews.ts';

type RowFlag = ReportRow['flags'][number];

/** One flagged event of an item, in the columns in which a person judges it. */
export interface ReviewLine {
  /** Unique in the item: the event, or the place of a row about what did not happen. */
  key: string;
  eventId: string | null;
  time: string;
  who: string | null;
  what: string | null;
  where: string | null;
  object: string | null;
  outcome: ReportRow['outcome'];
  approval: ReportRow['approval'];
  /** What covers it, or what was approved around it. */
  approvals: NonNullable<ReportRow['approvals']>;
  flags: readonly RowFlag[];
}

/** The rows of the run; what the item itself says of its first ones until those are there. */
export function linesOf(item: Pick<ReviewItem, 'flagged'>, rows: readonly ReportRow[] | undefined): ReviewLine[] {
  return rows === undefined ? item.flagged.map(lineOfSummary) : linesOfRows(rows, 'row');
}

/** Rows without an event are told apart by their place among the rows of a name. */
export function linesOfRows(rows: readonly ReportRow[], name: string): ReviewLine[] {
  return rows.map(({ eventId, time, flags, outcome, approval, approvals = [], ...row }, index) => ({
    key: eventId ?? `${name}-${index}`,
    eventId,
    time,
    who: whoOf({ ...row }),
    what: row.command ?? row.action,
    where: joined([row.host, row.origin], ' ← '),
    object: joined([row.target, row.object], ' · '),
    outcome,
    approval,
    approvals,
    flags,
  }));
}

function lineOfSummary({ eventId, time, text, flags }: ReviewItem['flagged'][number], index: number): ReviewLine {
  const nothing = { who: null, where: null, object: null, outcome: null, approval: null, approvals: [] };
  return { key: eventId ?? `row-${index}`, eventId, time, what: text, flags, ...nothing };
}

function whoOf({ person, user, authority }: Pick<ReportRow, 'person' | 'user' | 'authority'>): string | null {
  const account = authority !== null && authority !== user ? joined([user, authority], ' → ') : user;
  if (person === null) return account;
  return account === null || account === person.name ? person.name : `${person.name} (${account})`;
}

function joined(parts: readonly (string | null)[], by: string): string | null {
  const present = parts.filter((part) => part !== null && part !== '');
  return present.length === 0 ? null : present.join(by);
}

export interface ExceptionPrefill {
  who: string;
  when: string | null;
  system: string;
  /** What the first line says was done, for the title; empty where it says nothing. */
  what: string;
  /** How often each flag is on the lines, the most frequent first. */
  flags: { kind: RowFlag['kind']; lines: number }[];
}

/** Everything that the selected lines say already, so that nobody types it again. */
export function prefillOf(lines: readonly ReviewLine[], rows: readonly ReportRow[] | undefined): ExceptionPrefill {
  const ids = new Set(lines.map(({ eventId }) => eventId));
  const selected = (rows ?? []).filter(({ eventId }) => eventId !== null && ids.has(eventId));
  const first = lines.toSorted((one, other) => (one.time < other.time ? -1 : 1))[0];
  const counts = new Map<RowFlag['kind'], number>();
  for (const { flags } of lines)
    for (const kind of new Set(flags.map((flag) => flag.kind))) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return {
    who: distinct(lines.map(({ who }) => who)),
    when: first?.time ?? null,
    system: distinct(selected.map(({ host }) => host)),
    what: joined([first?.what ?? null, first?.where ?? null], ' · ')?.slice(0, 120) ?? '',
    flags: [...counts].map(([kind, number]) => ({ kind, lines: number })).toSorted((a, b) => b.lines - a.lines),
  };
}

function distinct(values: readonly (string | null)[]): string {
  return [...new Set(values.filter((value) => value !== null && value !== ''))].slice(0, 5).join(', ').slice(0, 200);
}
