/**
 * Reviews and reports of a log whose blocks were proven: records, signatures, credentials and frozen files. A line that was
 * altered is found with its block; this finds what somebody with the product's own keys could have sealed.
 */
import { formatTime } from '@akashi/integrity';
import type { DataKeys } from '../check-block.ts';
import type { Findings, Problem, ProblemCode, WarningCode } from '../findings.ts';
import type { Store } from '../object-store.ts';
import { readEnrolments } from './check-enrolments.ts';
import { readSignature, type ReadSignature } from './check-signature.ts';
import type { OwnLine } from './own-lines.ts';
import { readDocuments } from './packed-documents.ts';
import { readRecord, type ReadRecord } from './read-records.ts';
import { readSealedReport, type SealedReport } from './sealed-reports.ts';
import { checkReportFile } from './verify-reports.ts';

/** A record as the report of a verification tells it. */
export interface ToldReview {
  day: string;
  revision: number;
  recordSha256: string;
  signatures: {
    action: string;
    signer: string;
    at: string;
    method: 'passkey' | 'code';
    isSynced: boolean | null;
    holds: boolean;
  }[];
}

export interface ReviewTotals {
  reviews: ToldReview[];
  signatures: number;
  /** Files of reports that are the sealed ones. */
  reportFiles: number;
}

/** Time between two blocks in which the log had none. */
export interface Silence {
  fromUs: number;
  toUs: number;
}

export interface ReviewChecks {
  store: Store;
  findings: Findings;
  tenantId: string;
  verifierKeys: readonly string[];
  dataKeys: DataKeys;
  lines: readonly OwnLine[];
  silences: readonly Silence[];
  /** Where a block lies, by its number. */
  objectOf: (block: number) => string;
  /** The first block that was lawfully disposed of; null while none was. */
  firstDisposed: number | null;
}

export async function verifyReviews(checks: ReviewChecks): Promise<ReviewTotals> {
  const { tenantId, verifierKeys } = checks;
  const told = tellerOf(checks);
  const reports = readReports(checks, told);
  const { documents, broken } = readDocuments(checks.lines.filter(({ group }) => group === 'reviews'));
  for (const each of broken) told.problem('review-document-altered', each, each.fact);
  const { known, faulty, withoutEnrolment } = readEnrolments(documents, tenantId);
  for (const { document, fault } of faulty) told.problem('signing-credential-invalid', document, fault);
  for (const document of withoutEnrolment) told.absent('signing-credential-invalid', document, 'form');
  const records = documents.flatMap((document) => {
    if (document.kind !== 'record' && document.kind !== 'addendum') return [];
    const record = readRecord(document, tenantId);
    if (record === null) told.problem('review-document-altered', document, 'form');
    return record ?? [];
  });
  const signatures = documents.flatMap((document) => {
    if (document.kind !== 'signature') return [];
    const signature = readSignature({ tenantId, verifierKeys, credentials: known }, document);
    if (signature === null) told.problem('review-signature-invalid', document, 'form');
    return signature ?? [];
  });
  for (const { document, fault, day } of signatures) {
    const tell = fault === 'not-enrolled' ? told.absent : told.problem;
    if (fault !== null) tell('review-signature-invalid', document, `${fault} ${day}`);
  }
  checkSubjects(records, signatures, told);
  const found = {
    signatures: Map.groupBy(signatures, ({ recordSha256 }) => recordSha256),
    hashes: new Set(records.map(({ document }) => document.sha256)),
    reports,
  };
  for (const record of records) checkRecord(record, found, told);
  checkDays(records, checks.silences, told);
  const reportFiles = await checkFiles(checks, reports);
  return { reviews: tell(records, signatures), signatures: signatures.length, reportFiles };
}

type Tell<Code, Place> = (code: Code, place: Place, fact: string) => void;

interface Teller {
  readonly problem: Tell<ProblemCode, { block: number; leaf: number }>;
  /** Something earlier is not there: nobody can judge it where an earlier block was lawfully disposed of. */
  readonly absent: Tell<ProblemCode, { block: number; leaf: number }>;
  readonly warning: Tell<WarningCode, { block: number }>;
}

function tellerOf({ findings, objectOf, firstDisposed }: ReviewChecks): Teller {
  const problem: Teller['problem'] = (code, { block, leaf }, fact) =>
    findings.problem({ code, object: objectOf(block), block, leaf, fact });
  return {
    problem,
    absent: (code, place, fact) => {
      if (firstDisposed === null || firstDisposed >= place.block) problem(code, place, fact);
      else findings.warning({ code: 'review-not-judged', object: objectOf(place.block), fact });
    },
    warning: (code, { block }, fact) => findings.warning({ code, object: objectOf(block), fact }),
  };
}

function readReports({ lines }: ReviewChecks, told: Teller): Map<string, SealedReport> {
  const reports = new Map<string, SealedReport>();
  for (const line of lines) {
    if (line.group !== 'reports') continue;
    const report = readSealedReport(line);
    if (report === null) continue;
    if (report === 'broken') told.problem('report-line-altered', line, '');
    // The same run sealed twice is the same line; another one under its id contradicts it.
    else if (JSON.stringify(reports.get(report.run)?.files ?? report.files) === JSON.stringify(report.files))
      reports.set(report.run, report);
    else told.problem('report-line-altered', line, report.run);
  }
  return reports;
}

/** Every signature is over a record or an addendum that is sealed, of the day and revision that it names. */
function checkSubjects(records: readonly ReadRecord[], signatures: readonly ReadSignature[], told: Teller): void {
  const byHash = new Map(records.map((record) => [record.document.sha256, record]));
  for (const { document, recordSha256, day, revision, action } of signatures) {
    const record = byHash.get(recordSha256);
    if (record === undefined) told.absent('review-record-missing', document, day);
    else if (
      record.day !== day ||
      record.revision !== revision ||
      (action === 'addendum') !== (record.kind === 'addendum')
    )
      told.problem('review-signature-moved', document, `${day} ${record.day}`);
  }
}

interface Found {
  /** By the hash of what they sign. */
  signatures: ReadonlyMap<string, readonly ReadSignature[]>;
  /** Of all records and addenda. */
  hashes: ReadonlySet<string>;
  reports: ReadonlyMap<string, SealedReport>;
}

function checkRecord(record: ReadRecord, { signatures, hashes, reports }: Found, told: Teller): void {
  const { document, kind, day, by } = record;
  const own = signatures.get(document.sha256) ?? [];
  const made = own.filter(({ action }) => action === (kind === 'record' ? 'reviewed' : 'addendum'));
  const faults = made.filter(({ signer }) => signer.id === by).map(({ fault }) => fault);
  if (!faults.includes(null)) {
    const tell = faults.includes('not-enrolled') ? told.absent : told.problem;
    tell('review-unsigned', document, day);
  }
  const foreign = made.find(({ signer }) => signer.id !== by);
  if (foreign !== undefined) told.problem('review-signature-moved', foreign.document, `${day} ${foreign.signer.name}`);
  for (const approval of own.filter(({ action }) => action === 'approved')) {
    if (approval.signer.id !== by) continue;
    const fact = `${day} ${approval.signer.name}`;
    if (approval.separationReason === null) told.problem('review-approved-by-reviewer', approval.document, fact);
    else told.warning('review-self-approved', approval.document, fact);
  }
  const isOrphan = record.addsTo !== null && !hashes.has(record.addsTo);
  if (isOrphan) told.absent('review-record-missing', document, day);
  for (const run of record.runs) {
    const report = reports.get(run.id);
    const tell = report === undefined ? told.absent : told.problem;
    if (report?.ndjsonSha256 !== run.ndjsonSha256) tell('review-report-differs', document, `${day} ${run.id}`);
  }
}

/** A reviewed day whose log was silent, and days between the first and the last that have no record. */
function checkDays(records: readonly ReadRecord[], silences: readonly Silence[], told: Teller): void {
  const newest = new Map<string, ReadRecord>();
  for (const record of records) {
    if (record.kind === 'record' && record.revision >= (newest.get(record.day)?.revision ?? 0))
      newest.set(record.day, record);
  }
  const days = [...newest.keys()].sort();
  for (const day of days) {
    const record = newest.get(day) as ReadRecord;
    for (const { fromUs, toUs } of silences) {
      if (fromUs >= record.toUs || toUs <= record.fromUs) continue;
      told.warning('review-day-silent', record.document, `${day} ${formatTime(fromUs)} ${formatTime(toUs)}`);
    }
  }
  for (const [index, day] of days.entries()) {
    const next = days[index + 1];
    if (next === undefined || dayAfter(day) === next) continue;
    told.warning(
      'review-days-missing',
      (newest.get(next) as ReadRecord).document,
      `${dayAfter(day)} ${dayBefore(next)}`,
    );
  }
}

const dayMs = 86_400_000;
const dayAfter = (day: string): string => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
const dayBefore = (day: string): string => new Date(Date.parse(day) - dayMs).toISOString().slice(0, 10);

async function checkFiles(checks: ReviewChecks, reports: ReadonlyMap<string, SealedReport>): Promise<number> {
  const { findings, store } = checks;
  const named = new Set<string>();
  let proven = 0;
  for (const report of reports.values()) {
    for (const file of report.files) {
      named.add(file.object);
      const problem: Problem | null = await checkReportFile(checks, report, file);
      if (problem === null) proven++;
      else findings.problem(problem);
    }
  }
  // What a run leaves that is under way, or that ended before its line was sealed, is named by no line.
  for await (const object of store.walk('reports')) {
    if (!named.has(object)) findings.warning({ code: 'report-not-sealed', object });
  }
  return proven;
}

function tell(records: readonly ReadRecord[], signatures: readonly ReadSignature[]): ToldReview[] {
  return records
    .filter(({ kind }) => kind === 'record')
    .map(({ day, revision, document }) => ({
      day,
      revision,
      recordSha256: document.sha256,
      signatures: signatures
        .filter(({ recordSha256 }) => recordSha256 === document.sha256)
        .map(({ action, signer, at, method, isSynced, fault }) => ({
          action,
          signer: signer.name,
          at,
          method,
          isSynced,
          holds: fault === null,
        })),
    }));
}
