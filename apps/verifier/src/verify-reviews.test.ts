/** What somebody with the product's own keys could seal: false records, signatures, credentials and reports. Each is named. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from '@akashi/integrity';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { dataKey, dataKeyId, keyFromSeed, verifierKey, writeArchive, type Line } from './archive.fixtures.ts';
import {
  approver,
  backupFlags,
  day,
  enrol,
  hex,
  honest,
  recordOf,
  reportLine,
  reviewer,
  reviewLines,
  signByCode,
  statementOf,
  writeReport,
  type Behaviour,
} from './reviews.fixtures.ts';
import { run } from './run.ts';

interface Report {
  ok: boolean;
  problems: { code: string; object: string; block?: number; leaf?: number; detail: string }[];
  warnings: { code: string; object: string; detail: string }[];
  reviews?: { day: string; revision: number; signatures: { action: string; method: string; holds: boolean }[] }[];
  reportFiles?: number;
}

let temporary = '';
let made = 0;
// Each archive is a few hundred small files on a busy disk.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'akashi-reviews-'));
  writeFileSync(join(temporary, 'data-key'), `akashi-data-key ${dataKeyId} ${dataKey.toString('base64')}\n`);
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Written from `format-reviews.md` alone, in another language; it looks at no report files. */
const independent = fileURLToPath(new URL('../../../e2e/verify/check_reviews.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) process.stderr.write('skipped: the independent checker of reviews needs python3\n');

const newFolder = (): string => join(temporary, `archive-${made++}`);

/** Seals one block for each list of lines, an hour after the one before unless it says otherwise, and verifies all. */
async function verify(
  folder: string,
  blocks: readonly (readonly Line[])[],
  { stepMinutes = 50, isJudgedTwice = true }: { stepMinutes?: number; isJudgedTwice?: boolean } = {},
): Promise<{ code: number; report: Report }> {
  // The last one is a heartbeat, so that a block follows each of the others.
  const records = (block: number): readonly Line[] => blocks[block] ?? [];
  writeArchive(folder, { blocks: blocks.length + 1, versionOne: 0, records, stepUs: () => stepMinutes * 60_000_000 });
  let output = '';
  const write = { out: (text: string) => void (output += text), err: (text: string) => void (output += text) };
  const [dataKeys, lines] = [join(temporary, 'data-key'), `${folder}.lines`];
  const options = ['--key', verifierKey, '--json', '--data-key', dataKeys, '--lines', lines];
  const code = await run([folder, ...options], write);
  if (hasPython && isJudgedTwice) {
    const { status, stdout, stderr } = spawnSync('python3', [independent, lines, '--key', verifierKey]);
    expect(status, `${String(stdout)}${String(stderr)}${output}`).toBe(code);
  }
  return { code, report: JSON.parse(output) as Report };
}

const codes = ({ report }: { report: Report }): string[] => report.problems.map(({ code }) => code);
const details = ({ report }: { report: Report }): string => report.problems.map(({ detail }) => detail).join('\n');

describe('reviews as they should be', () => {
  test('are proven with both algorithms, by code, with an addendum and their report', async () => {
    const folder = newFolder();
    const found = await verify(folder, honest(folder).sealed());
    expect(found.report).toMatchObject({ ok: true, problems: [], warnings: [], reportFiles: 2 });
    expect(found.report.reviews).toMatchObject([
      {
        day,
        revision: 1,
        signatures: [
          { action: 'reviewed', method: 'passkey', holds: true },
          { action: 'approved', method: 'passkey', holds: true },
        ],
      },
    ]);
    expect(found.code).toBe(0);
  });

  test('are proven when a document stands on several lines', async () => {
    const record = recordOf(day, { comment: 'x'.repeat(5_000) });
    const signed = reviewLines('signature', signByCode(statementOf(record, { action: 'reviewed', signer: reviewer })));
    const lines = reviewLines('record', record, 3);
    expect((await verify(newFolder(), [[...lines, ...signed]])).code).toBe(0);
    const cut = await verify(newFolder(), [[...lines.slice(0, 2), ...signed]]);
    expect(codes(cut)).toEqual(['review-document-altered', 'review-record-missing']);
  });

  test('say in their sentences how many were checked', async () => {
    const folder = newFolder();
    writeArchive(folder, { blocks: 5, versionOne: 0, records: (block) => honest(folder).sealed()[block] ?? [] });
    let output = '';
    const write = { out: (text: string) => void (output += text), err: () => undefined };
    await run([folder, '--key', verifierKey, '--data-key', join(temporary, 'data-key')], write);
    expect(output).toContain('log review records');
  });
});

describe('what is false is named', () => {
  test('a record that was altered after it was signed, and sealed anew', async () => {
    const folder = newFolder();
    const { record, sealed } = honest(folder);
    const found = await verify(folder, sealed({ record: { ...record, statement: '異常なし' } }));
    expect(found.code).toBe(1);
    expect(new Set(codes(found))).toEqual(new Set(['review-record-missing', 'review-unsigned']));
    expect(details(found)).toContain(day);
  });

  test('a line that does not give the document that it says', async () => {
    const record = recordOf(day);
    const lines = reviewLines('record', record).map((line) =>
      typeof line === 'string' ? line : { ...line, text: line.text.replace(hex(record), hex('other')) },
    );
    expect(codes(await verify(newFolder(), [lines]))).toEqual(['review-document-altered']);
  });

  test.each([
    ['comment', '別の意見'],
    ['action', 'returned'],
    ['at', '2026-11-22T09:00:00.000Z'],
    ['random', 'A'.repeat(43)],
  ])('a signature whose %s was altered', async (name, value) => {
    const folder = newFolder();
    const { documents, sealed } = honest(folder);
    const envelope = documents['approved']?.[1] ?? {};
    const statement = { ...(envelope['statement'] as object), [name]: value };
    const found = await verify(folder, sealed({ approved: { ...envelope, statement } }));
    expect(codes(found)).toEqual(['review-signature-invalid']);
    expect(details(found)).toContain('challenge');
  });

  test('a signature by another key', async () => {
    const folder = newFolder();
    const { documents, byApprover, byReviewer, sealed, record } = honest(folder);
    const other = enrol(approver, -8).sign(statementOf(record, { action: 'approved', signer: approver }));
    const swapped = { ...documents['approved']?.[1], signature: other['signature'] };
    expect(details(await verify(folder, sealed({ approved: swapped })))).toContain('signature');
    expect(byApprover.enrolment['id']).not.toBe(byReviewer.enrolment['id']);
    const byCode = signByCode(statementOf(record, { action: 'reviewed', signer: reviewer }), keyFromSeed(9));
    expect(codes(await verify(newFolder(), [reviewLines('signature', byCode)]))).toContain('review-signature-invalid');
  });

  test('a signature that was moved to another record', async () => {
    const one = recordOf(day);
    const two = recordOf('2026-11-22', { comment: 'false' });
    const key = enrol(reviewer);
    const honestOne = key.sign(statementOf(one, { action: 'reviewed', signer: reviewer }));
    const statement = { ...(honestOne['statement'] as object), recordSha256: hex(two), day: '2026-11-22' };
    const documents = (signature: Record<string, unknown>) => [
      reviewLines('credential', key.enrolment),
      [...reviewLines('record', one), ...reviewLines('signature', honestOne), ...reviewLines('record', two)],
      reviewLines('signature', signature),
    ];
    const rewritten = await verify(newFolder(), documents({ ...honestOne, statement }));
    expect(codes(rewritten)).toEqual(['review-signature-invalid', 'review-unsigned']);
    // Over the hash of the one, in the name of the other's day.
    const misnamed = key.sign(statementOf(two, { action: 'reviewed', signer: reviewer, day }));
    expect(codes(await verify(newFolder(), documents(misnamed)))).toEqual(['review-signature-moved']);
  });

  test.each<[string, Behaviour, string]>([
    ['a sign-in', { rpId: 'logs.example.jp' }, 'rp-id'],
    ['another site', { origin: 'https://evil.example' }, 'origin'],
    ['a page within another', { crossOrigin: true }, 'origin'],
    ['a registration', { type: 'webauthn.create' }, 'type'],
    ['nobody verified', { flags: 0 }, 'not-verified'],
  ])('%s in place of a signature', async (_, behaviour, why) => {
    const record = recordOf(day);
    const key = enrol(reviewer);
    const signature = key.sign(statementOf(record, { action: 'reviewed', signer: reviewer }), behaviour);
    const found = await verify(newFolder(), [
      reviewLines('credential', key.enrolment),
      [...reviewLines('record', record), ...reviewLines('signature', signature)],
    ]);
    expect(codes(found)).toEqual(['review-signature-invalid', 'review-unsigned']);
    expect(details(found)).toContain(why);
  });

  test('an enrolment after its first use, in the same block, missing, or of a key that was not registered', async () => {
    const record = recordOf(day);
    const key = enrol(reviewer);
    const credential = reviewLines('credential', key.enrolment);
    const signed = [
      ...reviewLines('record', record),
      ...reviewLines('signature', key.sign(statementOf(record, { action: 'reviewed', signer: reviewer }))),
    ];
    for (const blocks of [[signed, credential], [[...credential, ...signed]]]) {
      const found = await verify(newFolder(), blocks);
      expect(codes(found)).toEqual(['review-signature-invalid', 'review-unsigned']);
      expect(details(found)).toContain('enrolled-later');
    }
    expect(details(await verify(newFolder(), [signed]))).toContain('not-enrolled');
    const other = enrol(reviewer);
    const swapped = { ...key.enrolment, publicKey: other.enrolment['publicKey'] };
    const found = await verify(newFolder(), [reviewLines('credential', swapped)]);
    expect(codes(found)).toEqual(['signing-credential-invalid']);
    const synced = enrol(reviewer, -7, { flags: backupFlags });
    expect((await verify(newFolder(), [reviewLines('credential', synced.enrolment)])).code).toBe(0);
    const hidden = { ...synced.enrolment, isBackupEligible: false };
    expect(details(await verify(newFolder(), [reviewLines('credential', hidden)]))).toContain('flags');
  });

  test('a signature after the end of its credential', async () => {
    const record = recordOf(day);
    const key = enrol(reviewer);
    const found = await verify(newFolder(), [
      reviewLines('credential', key.enrolment),
      reviewLines('credential-end', key.ending()),
      [
        ...reviewLines('record', record),
        ...reviewLines('signature', key.sign(statementOf(record, { action: 'reviewed', signer: reviewer }))),
      ],
    ]);
    expect(details(found)).toContain('ended');
  });

  test('an approval by the reviewer, in their own name or in another’s', async () => {
    const folder = newFolder();
    const { record, byReviewer, sealed } = honest(folder);
    const own = await verify(
      folder,
      sealed({ approved: byReviewer.sign(statementOf(record, { action: 'approved', signer: reviewer })) }),
    );
    expect(codes(own)).toEqual(['review-approved-by-reviewer']);
    const second = newFolder();
    const again = honest(second);
    const forged = again.byReviewer.sign(statementOf(again.record, { action: 'approved', signer: approver }));
    const found = await verify(second, again.sealed({ approved: forged }));
    expect(codes(found)).toEqual(['review-signature-invalid']);
    expect(details(found)).toContain('other-person');
    const third = newFolder();
    const allowed = honest(third);
    const statement = statementOf(allowed.record, {
      action: 'approved',
      signer: reviewer,
      separationReason: '一人の組織のため',
    });
    const told = await verify(third, allowed.sealed({ approved: allowed.byReviewer.sign(statement) }));
    expect(told.code).toBe(0);
    expect(told.report.warnings.map(({ code }) => code)).toEqual(['review-self-approved']);
  });

  test('a record that somebody else than its reviewer signed', async () => {
    const record = recordOf(day);
    const signature = signByCode(statementOf(record, { action: 'reviewed', signer: approver }));
    const found = await verify(newFolder(), [
      [...reviewLines('record', record), ...reviewLines('signature', signature)],
    ]);
    expect(codes(found)).toEqual(['review-unsigned', 'review-signature-moved']);
  });

  test.each([
    ['record', ['review-record-missing', 'review-record-missing', 'review-record-missing']],
    ['reviewed', ['review-unsigned']],
    ['reviewerKey', ['review-signature-invalid', 'review-unsigned']],
    ['added', ['review-unsigned']],
  ])('the line of %s taken out of the log', async (line, expected) => {
    const folder = newFolder();
    expect(codes(await verify(folder, honest(folder).sealed({ [line]: null })))).toEqual(expected);
  });

  test('whatever of a record, a signature or a used enrolment is altered', async () => {
    const folder = newFolder();
    const { documents, sealed } = honest(folder);
    const names = ['record', 'reviewed', 'approved', 'reviewerKey', 'approverKey', 'addendum', 'added'] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), async (name, at) => {
        const json = canonicalJson(documents[name]?.[1]);
        const letters = [...json.matchAll(/[A-Za-z0-9](?=[^"{}[\]:,]*"(?!:))/g)].map(({ index }) => index);
        const index = letters[at % letters.length] ?? 0;
        const other = json[index] === 'b' ? 'c' : 'b';
        const altered = JSON.parse(`${json.slice(0, index)}${other}${json.slice(index + 1)}`) as Record<
          string,
          unknown
        >;
        const place = newFolder();
        honest(place);
        expect((await verify(place, sealed({ [name]: altered }), { isJudgedTwice: false })).code).toBe(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('report files', () => {
  test('swapped, altered, cut, removed, or of another place are named', async () => {
    const folder = newFolder();
    const ndjson = writeReport(folder);
    const pdf = writeReport(folder, { file: 'report.ja.pdf', rows: ['%PDF'] });
    const other = writeReport(folder, { run: '0198c0de-0000-7000-8000-000000000002' });
    const lines = [
      [reportLine({ ndjson, pdf_ja: pdf }), reportLine({ ndjson: other }, '0198c0de-0000-7000-8000-000000000002')],
    ];
    const at = (object: string): string => join(folder, object);
    expect((await verify(folder, lines, { isJudgedTwice: false })).report).toMatchObject({ ok: true, reportFiles: 3 });
    renameSync(at(other.object), at(ndjson.object));
    const swapped = await verify(folder, lines, { isJudgedTwice: false });
    expect(swapped.report.problems.map(({ code, object }) => [code, object])).toEqual([
      ['report-altered', ndjson.object],
      ['report-missing', other.object],
    ]);
    writeReport(folder, { rows: ['{"eventId":"2"}'] });
    const rewritten = await verify(folder, lines, { isJudgedTwice: false });
    expect(codes(rewritten)).toEqual(['report-altered', 'report-missing']);
    expect(details(rewritten)).toContain('sha256');
    writeReport(folder);
    writeReport(folder, { run: '0198c0de-0000-7000-8000-000000000002' });
    writeFileSync(at(pdf.object), '');
    expect(codes(await verify(folder, lines, { isJudgedTwice: false }))).toEqual(['report-altered']);
  });

  test('that a record names are those that were sealed', async () => {
    const folder = newFolder();
    const { record, documents, sealed } = honest(folder);
    expect(documents['record']?.[1]).toBe(record);
    const [, ...withoutReport] = sealed();
    const found = await verify(folder, withoutReport);
    expect(codes(found)).toEqual(['review-report-differs']);
    expect(found.report.warnings.map(({ code }) => code)).toEqual(['report-not-sealed', 'report-not-sealed']);
  });

  test('whose line says nothing readable, or contradicts an earlier one, are named', async () => {
    const folder = newFolder();
    const ndjson = writeReport(folder);
    const broken = { logGroup: 'akashi/reports', text: '{"event":{"action":"report.sealed"},"akashi":{"report":{}}}' };
    expect(codes(await verify(folder, [[broken, reportLine({ ndjson })]], { isJudgedTwice: false }))).toEqual([
      'report-line-altered',
    ]);
    const lines = [[reportLine({ ndjson })], [reportLine({ ndjson: { ...ndjson, sha256: hex('x') } })]];
    expect(codes(await verify(newFolder(), lines))).toEqual(['report-line-altered', 'report-missing']);
  });
});

describe('days', () => {
  test('whose log was silent, or that have no record, are told of', async () => {
    const signed = (each: string): Line[] => {
      const record = recordOf(each);
      const signature = signByCode(statementOf(record, { action: 'reviewed', signer: reviewer }));
      return [...reviewLines('record', record), ...reviewLines('signature', signature)];
    };
    const blocks = [['x'], [...signed('2026-11-22'), ...signed('2026-11-25')]];
    const found = await verify(newFolder(), blocks, { stepMinutes: 90 });
    expect(found.code).toBe(0);
    const told = found.report.warnings.map(({ code }) => code);
    expect(told).toContain('review-day-silent');
    const missing = found.report.warnings.find(({ code }) => code === 'review-days-missing');
    expect(missing?.detail).toContain('2026-11-23 2026-11-24');
  });
});
