import { recordBytes, recordSha256 } from '@akashi/report/record';
import { describe, expect, it } from 'vitest';
import { attachmentsOf, signsOf } from '../pdf/pdf-text.fixtures.ts';
import { findVeraPdf } from '../pdf/verapdf.fixtures.ts';
import { bytesOf } from '../rows/run.fixtures.ts';
import { renderRecord } from '../thread/render-run.ts';
import { recordPdf } from './record-pdf.ts';
import { addendumTo, item, review, sato, signature, suzuki, taskOf, type Signing } from './record.fixtures.ts';

const reviewed: Signing = { action: 'reviewed', by: sato };
const approved: Signing = { action: 'approved', by: suzuki };
const checker = await findVeraPdf();
const isThere = 'problems' in checker;

describe('the PDF of a log review record', () => {
  it.each([
    [
      'ja',
      [
        'ログレビュー記録2026-11-20',
        '承認済',
        'レビュー担当者とは別の人による承認です',
        '端末に固定された認証器',
        '指摘12・承認外の特権昇格',
        '画面に何が表示されていたかを示すものではありません',
        'ログイン失敗一覧',
        '特権権限への昇格の一覧',
      ],
    ],
    [
      'en',
      [
        'Logreviewrecord2026-11-20',
        'Approved',
        'Approvedbyanotherpersonthanthereviewer',
        'Credentialboundtoonedevice',
        'Finding12・承認外の特権昇格',
        'Itdoesnotattestwhatthescreenshowed',
        'Failedsign-ins',
        'Elevationsofprivileges',
      ],
    ],
  ] as const)('says in %s what was reviewed and approved, by whom, and what that shows', async (language, said) => {
    const record = review();
    const signs = await signsOf(await bytesOf(recordPdf(taskOf(record, [reviewed, approved], { language }))));
    const always = [
      recordSha256(recordBytes(record)),
      '佐藤花子<sato@example.jp>',
      '鈴木一郎<suzuki@example.jp>',
      '2026-11-2110:00:00.000+09:00',
      'OPS-7',
      'cd'.repeat(32),
      // What an auditor traces: whose record, of what, what was counted and said of it, what became of what was found.
      '証デモ商店',
      'データベース',
      'ab'.repeat(32),
      '承認の時間外に昇格している。',
      '対象日のすべての確認項目を確認しました。',
      '確認をお願いします。',
      '2026-11-27',
      'web02',
    ];
    for (const part of [...said, ...always]) expect(signs).toContain(part);
    expect(signs.indexOf('承認の時間外に昇格')).toBeLessThan(
      signs.lastIndexOf(language === 'ja' ? 'まとめて判断' : 'decidedinbulk'),
    );
  });

  it('says where the product’s key signed, and that the reviewer approved', async () => {
    const alone: Signing = { action: 'approved', by: sato, method: 'code', separationReason: '担当者が一人のため' };
    const record = review({ isLate: true, lateReason: '停電のため' });
    const signs = await signsOf(await bytesOf(recordPdf(taskOf(record, [{ ...reviewed, isSynced: true }, alone]))));
    for (const part of [
      '製品の鍵（事業者型）',
      '本人の鍵による署名ではありません',
      '同期される認証器',
      '担当者が一人のため',
      'レビュー担当者本人による承認です',
      '遅延',
      '停電のため',
    ])
      expect(signs).toContain(part);
  });

  it('says of a signature on other bytes that it does not match', async () => {
    const task = taskOf(review(), [reviewed]);
    const other = signature(recordBytes(review({ comment: 'changed' })), approved);
    const bytes = await bytesOf(recordPdf({ ...task, signatures: [...task.signatures, other] }));
    const signs = await signsOf(bytes);
    expect(signs).toContain('この記録と一致しません');
    expect(signs).toContain('確認済・未承認');
    expect(signs).not.toContain('別の人による承認です');
  });

  it('carries what was signed byte by byte', async () => {
    const record = review();
    const addendum = recordBytes(addendumTo(record));
    const task = taskOf(record, [reviewed], { addenda: [{ canonical: addendum, sealedAs: null }] });
    const files = await attachmentsOf(await bytesOf(recordPdf(task)));
    expect(files.get('record.json')?.equals(recordBytes(record))).toBe(true);
    expect(files.get('addendum-1.json')?.equals(addendum)).toBe(true);
    expect(files.get('signatures.ndjson')?.toString().split('\n')).toHaveLength(2);
  });

  it('is the same bytes on its own thread', async () => {
    const task = taskOf(review(), [reviewed, approved]);
    const [made, again] = [await bytesOf(renderRecord(task)), await bytesOf(recordPdf(task))];
    expect(made.equals(again)).toBe(true);
  });

  it.skipIf(!isThere)(
    `is a valid PDF/A-3a and PDF/UA-1${isThere ? '' : ` (skipped: ${checker.missing})`}`,
    async () => {
      if (!isThere) return;
      const long = review({
        items: Array.from({ length: 12 }, () => item({ comment: '長い'.repeat(900) })),
        statement: '<&>\u0000😀',
      });
      const empty = review({ items: [], findings: [], incidents: [], reference: [] });
      const files = {
        whole: await bytesOf(recordPdf(taskOf(review(), [reviewed, approved]))),
        english: await bytesOf(
          recordPdf(taskOf(review(), [reviewed, { ...approved, method: 'code' }], { language: 'en' })),
        ),
        long: await bytesOf(recordPdf(taskOf(long, [reviewed]))),
        empty: await bytesOf(recordPdf(taskOf(empty, []))),
      };
      for (const flavour of ['3a', 'ua1'] as const) expect(await checker.problems(files, flavour)).toBe('');
    },
    240_000,
  );
});
