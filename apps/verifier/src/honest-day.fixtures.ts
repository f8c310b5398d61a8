import type { Line } from './archive.fixtures.ts';
import {
  approver,
  enrol,
  hex,
  recordOf,
  reportLine,
  reviewer,
  reviewLines,
  runId,
  signByCode,
  statementOf,
  writeReport,
} from './reviews.fixtures.ts';

export const day = '2026-11-21';

/** A day as it should be: report, enrolments, record, review and approval; and an addendum afterwards. */
export function honest(folder: string) {
  const ndjson = writeReport(folder);
  const pdf = writeReport(folder, { file: 'report.ja.pdf', rows: ['%PDF'] });
  const item = { id: 'i1', run: { id: runId, ndjsonSha256: ndjson.sha256 }, addenda: [] };
  const record = recordOf(day, { items: [item] });
  const [byReviewer, byApprover] = [enrol(reviewer), enrol(approver, -8)];
  const addendum = {
    format: 'akashi review addendum v1',
    tenant: record['tenant'],
    day,
    number: 1,
    revision: 1,
    recordSha256: hex(record),
    by: reviewer,
    text: '追記',
  };
  const documents: Record<string, readonly [string, Record<string, unknown>]> = {
    reviewerKey: ['credential', byReviewer.enrolment],
    approverKey: ['credential', byApprover.enrolment],
    record: ['record', record],
    reviewed: ['signature', byReviewer.sign(statementOf(record, { action: 'reviewed', signer: reviewer }))],
    approved: [
      'signature',
      byApprover.sign(statementOf(record, { action: 'approved', signer: approver, comment: '良い' })),
    ],
    addendum: ['addendum', addendum],
    added: ['signature', signByCode(statementOf(addendum, { action: 'addendum', signer: reviewer }))],
  };
  const blocks = [
    [reportLine({ ndjson, pdf_ja: pdf })],
    ['reviewerKey', 'approverKey'],
    ['record', 'reviewed'],
    ['approved'],
    ['addendum', 'added'],
  ] as const;
  /** The blocks, with some documents as others; null takes one out. */
  const sealed = (others: Readonly<Record<string, Record<string, unknown> | null>> = {}): Line[][] =>
    blocks.map((each) =>
      each.flatMap((line) => {
        if (typeof line !== 'string') return [line];
        const [kind, value] = documents[line] ?? ['', {}];
        const other = others[line];
        return other === null ? [] : reviewLines(kind, other ?? value);
      }),
    );
  return { record, addendum, byReviewer, byApprover, documents, sealed, ndjson };
}
