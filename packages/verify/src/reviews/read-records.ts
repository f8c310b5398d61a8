/** The log review records and their addenda, as far as the checks need them. */
import { memberOf } from './own-lines.ts';
import type { SealedDocument } from './packed-documents.ts';

export interface NamedRun {
  id: string;
  ndjsonSha256: string;
}

export interface ReadRecord {
  document: SealedDocument;
  kind: 'record' | 'addendum';
  day: string;
  revision: number;
  /** Of an addendum: the record that it adds to. */
  addsTo: string | null;
  /** Id of the reviewer, or of whoever wrote the addendum. */
  by: string;
  /** Receive time in microseconds, of a record. */
  fromUs: number;
  toUs: number;
  /** Finished report runs that it is about. */
  runs: NamedRun[];
}

const formats = { record: 'akashi review record v1', addendum: 'akashi review addendum v1' } as const;

/** Null when the document is no record or addendum of this tenant. */
export function readRecord(document: SealedDocument, tenantId: string): ReadRecord | null {
  const { kind, value } = document;
  if (kind !== 'record' && kind !== 'addendum') return null;
  const [day, revision] = [memberOf(value, 'day'), memberOf(value, 'revision')];
  const isOwn = memberOf(value, 'format') === formats[kind] && memberOf(value, 'tenant', 'id') === tenantId;
  if (!isOwn || typeof day !== 'string' || !Number.isSafeInteger(revision)) return null;
  const by = memberOf(value, kind === 'record' ? 'reviewer' : 'by', 'id');
  if (typeof by !== 'string') return null;
  const [fromUs, toUs] = kind === 'record' ? [momentOf(value, 'from'), momentOf(value, 'to')] : [0, 0];
  if (Number.isNaN(fromUs) || Number.isNaN(toUs)) return null;
  return {
    document,
    kind,
    day,
    revision: Number(revision),
    addsTo: kind === 'addendum' ? String(memberOf(value, 'recordSha256')) : null,
    by,
    fromUs,
    toUs,
    runs: runsOf(value),
  };
}

function momentOf(value: unknown, end: 'from' | 'to'): number {
  return Date.parse(String(memberOf(value, 'period', end))) * 1000;
}

function runsOf(value: unknown): NamedRun[] {
  const items = listOf(memberOf(value, 'items'));
  const runs = [
    ...[...items, ...listOf(memberOf(value, 'reference'))].map((each) => memberOf(each, 'run')),
    ...items.flatMap((each) => listOf(memberOf(each, 'addenda'))),
  ];
  return runs.flatMap((run) => {
    const [id, ndjsonSha256] = [memberOf(run, 'id'), memberOf(run, 'ndjsonSha256')];
    return typeof id === 'string' && typeof ndjsonSha256 === 'string' ? [{ id, ndjsonSha256 }] : [];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
