import { randomBytes } from 'node:crypto';
import { newUnmaskedId, reportBasis, runAreaOf, type Area, type FrozenFile } from '@akashi/database';
import { writeReportObject } from '@akashi/integrity';
import { SummaryCount, standardReports, type ReportRow } from '@akashi/report';
import type { ApiTenant, TestApi } from '../api.fixtures.ts';

export interface FrozenRunWanted {
  readonly report?: string;
  readonly area: Area;
  readonly rows: readonly ReportRow[];
  readonly day?: string | null;
  readonly at?: Date;
}

export function reportRow(values: Partial<ReportRow> = {}): ReportRow {
  const time = '2026-11-29T01:00:00.000Z';
  const nothing = {
    person: null,
    authority: null,
    object: null,
    target: null,
    command: null,
    before: null,
    after: null,
  };
  return {
    ...nothing,
    eventId: 'AZndwAAAcACAAAAAAAAAAQ.17',
    time,
    receivedAt: time,
    user: 'yamada',
    action: 'login',
    outcome: 'failure',
    origin: '192.0.2.7',
    host: 'db01',
    logGroup: 'db',
    logStream: 'host-a',
    classes: ['access-denied'],
    count: null,
    approval: null,
    flags: [],
    until: null,
    recordSha256: 'a'.repeat(64),
    record: 'failed password for yamada',
    ...values,
  };
}

/** A run as the worker leaves it: frozen in the archive, its hashes in the table. Answers its id. */
export async function freezeRun(test: TestApi, tenant: ApiTenant, wanted: FrozenRunWanted): Promise<string> {
  const { database } = tenant;
  const definition = standardReports.find(({ id }) => id === (wanted.report ?? 'failed-sign-ins'));
  if (definition === undefined) throw new Error('no such report');
  const now = { organisation: await database.organisation.get(), settings: await database.reviewSettings.get() };
  const basis = reportBasis(now, wanted);
  const id = newUnmaskedId();
  const at = wanted.at ?? new Date();
  const day = wanted.day === undefined ? '2026-11-29' : wanted.day;
  await database.reportRuns.plan([
    {
      id,
      definition,
      area: runAreaOf(wanted.area),
      basis,
      from: new Date('2026-11-28T15:00:00Z'),
      to: new Date('2026-11-29T15:00:00Z'),
      day,
      kind: day === null ? 'by-hand' : 'duty',
      requestedBy: null,
      at,
    },
  ]);
  const taken = await database.reportRuns.take(id, { now: at, leaseMs: 60_000 });
  if (taken === null) throw new Error('nobody else takes it');
  const rows = wanted.rows.map((row) => ({
    bytes: Buffer.from(`${JSON.stringify(row)}\n`),
    isFlagged: row.flags.length > 0,
  }));
  const files: FrozenFile[] = [await put('rows.ndjson', rows)];
  for (const language of ['ja', 'en'] as const) {
    files.push(await put(`table.${language}.csv`, [{ bytes: Buffer.from(`\uFEFFtable ${language}\r\n`) }]));
    files.push(await put(`report.${language}.pdf`, [{ bytes: Buffer.from(`%PDF-1.7 ${language}`) }]));
  }
  const counted = new SummaryCount(definition, basis.timeZone);
  for (const row of wanted.rows) counted.take(row);
  const summary = counted.end();
  await database.reportRuns.freeze(taken, {
    rows: summary.rows,
    flagged: summary.flagged,
    summary,
    files,
    masters: {},
    frozenAt: at,
  });
  await database.reportRuns.finish(taken, at);
  return id;

  async function put(file: string, parts: readonly { bytes: Buffer; isFlagged?: boolean }[]): Promise<FrozenFile> {
    const { id: keyId, key } = test.keyring.forTenant(tenant.tenant.id).dataKey();
    const name = { tenantId: tenant.tenant.id, runId: id, file };
    const writer = writeReportObject({ ...name, keyId, key, nonce: randomBytes(12), versions: {} });
    const chunks = parts.flatMap(({ bytes, isFlagged }) =>
      writer.add(bytes, isFlagged === undefined ? undefined : { isFlagged }),
    );
    const end = writer.finish();
    const object = `reports/2026/11/30/${id}/${file}.akr`;
    await test.archive.forTenant(tenant.tenant.id).putOnce(object, Buffer.concat([...chunks, ...end.chunks]));
    const [, language, format] = file.split('.');
    return {
      format: (format ?? 'ndjson') as FrozenFile['format'],
      language: format === undefined ? null : (language as 'ja' | 'en'),
      sha256: end.table.sha256,
      bytes: end.table.bytes,
      object,
    };
  }
}
