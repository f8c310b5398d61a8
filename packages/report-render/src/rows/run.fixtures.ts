import { createHash } from 'node:crypto';
import type { ReportDefinition, ReportRow } from '@akashi/report';
import * as fc from 'fast-check';
import { ndjsonLine } from './ndjson.ts';
import type { RunHead } from './run-head.ts';

/** Any code points, halves of pairs among them, and more often those that files and fonts stumble over. */
export const anyText = fc
  .array(
    fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 0, max: 0x7f }), fc.constantFrom(0x8a3c, 0xff5e)),
  )
  .map((signs) => String.fromCodePoint(...signs));

export const elevations: ReportDefinition = {
  id: 'privilege-elevations',
  number: 5,
  version: 1,
  title: { ja: '特権権限への昇格の一覧', en: 'Elevations of privileges' },
  purpose: {
    ja: '誰が、いつ、どこで、どの権限を得たかを確認します。',
    en: 'Who gained which rights, where and until when.',
  },
  requirements: ['pci:4.0.1:10.2.1.5', 'pci:3.0:10.2.5'],
  duty: 'required',
  classes: ['privilege-elevation'],
  query: 'NOT user.name:backup',
  tag: null,
  listed: '',
  columns: ['time', 'person', 'user', 'authority', 'action', 'command', 'origin', 'host', 'outcome'],
  groupBy: 'person',
  flags: [{ kind: 'outside-approval' }],
  plot: null,
};

export function row(change: Partial<ReportRow> = {}): ReportRow {
  const record = change.record ?? 'Nov 20 10:02:11 db01 sudo: yamada : TTY=pts/0 ; COMMAND=/bin/bash';
  return {
    eventId: '0197b2c1-0000-7000-8000-000000000001',
    time: '2026-11-20T01:02:11.123Z',
    receivedAt: '2026-11-20T01:02:12.000Z',
    person: { id: 'yamada', name: '山田 太郎', certainty: 'certain' },
    user: 'yamada',
    authority: 'root',
    action: 'sudo_command',
    outcome: 'success',
    origin: '10.1.2.3',
    object: null,
    target: null,
    host: 'db01',
    logGroup: 'shop/linux',
    logStream: 'db01',
    classes: ['privilege-elevation'],
    command: '/bin/bash',
    before: null,
    after: null,
    count: null,
    approval: 'inside',
    flags: [],
    until: null,
    recordSha256: createHash('sha256').update(record).digest('hex'),
    record,
    ...change,
  };
}

export function headOf(rows: readonly ReportRow[], change: Partial<RunHead> = {}): RunHead {
  const bytes = Buffer.from(rows.map(ndjsonLine).join(''));
  const flagged = rows.filter(({ flags }) => flags.length > 0).length;
  return {
    id: '0197b2c1-1111-7000-8000-000000000001',
    organisation: '証デモ商店',
    timeZone: 'Asia/Tokyo',
    definition: elevations,
    area: { id: 'a1', name: 'データベース', logGroups: ['shop/*'], logStreams: [], sources: [], hosts: ['db01'] },
    from: '2026-11-19T15:00:00.000Z',
    to: '2026-11-20T15:00:00.000Z',
    day: '2026-11-20',
    kind: 'duty',
    addendumTo: null,
    requestedBy: null,
    createdAt: '2026-11-20T15:04:10.000Z',
    summary: {
      rows: rows.length,
      flagged,
      byFlag: flagged > 0 ? { 'outside-approval': flagged } : {},
      people: [{ value: '山田 太郎', rows: rows.length, flagged }],
      hosts: [{ value: 'db01', rows: rows.length, flagged }],
      groups: [],
      plot: [],
    },
    ndjson: { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    versions: { product: '0.1.0', masters: '12' },
    ...change,
  };
}

/** Frozen rows in chunks of so many bytes. */
export async function* frozen(rows: Iterable<ReportRow>, chunkBytes = 1_000): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array = new Uint8Array();
  for (const each of rows) {
    pending = Buffer.concat([pending, Buffer.from(ndjsonLine(each))]);
    while (pending.length >= chunkBytes) {
      yield pending.subarray(0, chunkBytes);
      pending = pending.subarray(chunkBytes);
    }
  }
  if (pending.length > 0) yield pending;
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
