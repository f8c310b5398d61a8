import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OtherRowsError } from '../rows/named-rows.ts';
import { anyText, bytesOf, frozen, headOf, row } from '../rows/run.fixtures.ts';
import type { Language, RunHead } from '../rows/run-head.ts';
import { printLimits, type ExtractLimits } from './extract.ts';
import { openFace } from './face.ts';
import { attachmentsOf, pagesOf, signsOf, withoutSpaces } from './pdf-text.fixtures.ts';
import { runPdf } from './run-pdf.ts';
import { visibleText } from './visible-text.ts';

type Rows = readonly ReturnType<typeof row>[];

interface Making {
  readonly language?: Language;
  readonly head?: Partial<RunHead>;
  readonly limits?: Partial<ExtractLimits>;
}

function made(rows: Rows, { language = 'ja', head, limits }: Making = {}): Promise<Buffer> {
  const task = { head: headOf(rows, head), language };
  return bytesOf(runPdf(task, frozen(rows), { ...printLimits, ...limits }));
}

const flags = [{ kind: 'outside-approval' as const }];

afterEach(() => vi.useRealTimers());

describe('the PDF of a run', () => {
  it.each([
    [
      'ja',
      [
        'レポート5・日次',
        '特権権限への昇格の一覧',
        '証デモ商店',
        'ロググループ:shop/*',
        '2026-11-2000:00:00.000+09:00〜',
      ],
    ],
    [
      'en',
      ['Report5・Daily', 'Elevationsofprivileges', '証デモ商店', 'Loggroups:shop/*', '2026-11-2000:00:00.000+09:00–'],
    ],
  ] as const)(
    'says in %s what it is, of when, where and by which condition, with its counts and hashes',
    async (language, said) => {
      const rows = [row(), row({ flags, approval: 'outside' })];
      const head = headOf(rows);
      const signs = await signsOf(await made(rows, { language }));
      const always = ['NOTuser.name:backup', 'PCIDSS4.0.1:10.2.1.5/3.0:10.2.5', '0.1.0', head.id, head.ndjson.sha256];
      for (const part of [...said, ...always]) expect(signs).toContain(part);
    },
  );

  it('prints rare ideographs, and each of two signs that look the same as itself', async () => {
    const signs = await signsOf(await made([row({ record: '𠮷野家 髙橋 山﨑 㐂 關 ～〜 ⼀一 葛' })]));
    expect(signs).toContain('𠮷野家髙橋山﨑㐂關～〜⼀一葛');
  });

  it('writes what nobody would see, and what could reorder a line, as its code point', async () => {
    const signs = await signsOf(await made([row({ record: 'a\u202Eb\u0000c\u001b[2Jd\u200Be שלום 😀 f' })]));
    expect(signs).toContain(
      withoutSpaces(String.raw`a\u{202e}b\u{0}c\u{1b}[2Jd\u{200b}e\u{5e9}\u{5dc}\u{5d5}\u{5dd}\u{1f600}f`),
    );
  });

  it('prints a formula and a look-alike of an escape as they stand', async () => {
    const signs = await signsOf(await made([row({ record: String.raw`=HYPERLINK("x") \u{41}` })]));
    expect(signs).toContain(String.raw`=HYPERLINK("x")\u{5c}u{41}`);
  });

  it('prints any record so that it can be read back', async () => {
    const { covers } = openFace('regular');
    const texts = fc.array(anyText, { minLength: 30, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(texts, async (records) => {
        const pages = await pagesOf(await made(records.map((text, index) => row({ record: `<${index} ${text}>` }))));
        // Heads and feet stand at the end of a page's content, so a row that two pages share is parted by them.
        const signs = withoutSpaces(pages.join('')).replaceAll(/証Akashi・.*?ページ/gu, '');
        for (const [index, text] of records.entries())
          expect(signs).toContain(withoutSpaces(visibleText(`<${index} ${text}>`, covers)));
      }),
      { numRuns: 2 },
    );
  });

  it('cuts a very long line and says by how much', async () => {
    const record = 'x'.repeat(70_000);
    const bytes = await made([row({ record, command: record })], { language: 'en' });
    const signs = await signsOf(bytes);
    expect(signs).toContain('…68,000charactersmore');
    expect(signs.split('x').length).toBeGreaterThan(2_000);
    expect(signs.split('x').length).toBeLessThan(2_500);
    expect((await pagesOf(bytes)).length).toBeLessThan(6);
  });

  it('prints flagged rows before others, with their reason, what followed, event and hash', async () => {
    const followedBy = [{ eventId: 'e', time: '2026-11-20T02:00:00.000Z', action: 'exec', command: 'cat /etc/shadow' }];
    const late = row({ time: '2026-11-20T05:00:00.000Z', flags, followedBy, record: 'the flagged record' });
    const signs = await signsOf(await made([row({ record: 'an early record' }), late], { language: 'en' }));
    const places = [
      'Flaggedrows',
      'Outsideapproval',
      'catetc',
      'theflaggedrecord',
      late.recordSha256 ?? '',
      'Otherrows',
      'anearlyrecord',
    ];
    const found = places.map((part) => signs.lastIndexOf(part === 'catetc' ? 'cat/etc/shadow' : part));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found).not.toContain(-1);
  });

  it('prints the oldest rows of a long run and says how many there are', async () => {
    const rows = Array.from({ length: 12 }, (_, index) =>
      row({ record: `r${index}.`, ...(index % 2 === 0 ? { flags } : {}) }),
    );
    const signs = await signsOf(await made(rows, { language: 'en', limits: { flagged: 2, rows: 3, others: 1 } }));
    expect(signs).toContain('Theoldest2of6areshown');
    expect(signs).toContain('Theoldest1of6areshown');
    expect(signs).toContain('r2.');
    expect(signs).not.toContain('r4.');
    expect(signs).toContain('r1.');
    expect(signs).not.toContain('r3.');
  });

  it('gives long texts the place of rows', async () => {
    const rows = Array.from({ length: 10 }, (_, index) => row({ record: `r${index}.${'x'.repeat(100)}` }));
    const signs = await signsOf(await made(rows, { language: 'en', limits: { characters: 400 } }));
    expect(signs).toMatch(/Theoldest3of10areshown/);
  });

  it('says that nothing happened', async () => {
    expect(await signsOf(await made([], { language: 'en' }))).toContain('Noeventoftheperiodbelongstothisreport');
  });

  it('carries the frozen rows as they are, unless they are too large', async () => {
    const rows = [row({ record: '𠮷' }), row({ flags })];
    const attached = (await attachmentsOf(await made(rows))).get('rows.ndjson');
    expect(attached?.equals(await bytesOf(frozen(rows)))).toBe(true);
    const without = await made(rows, { language: 'en', limits: { embeddedBytes: 100 } });
    expect((await attachmentsOf(without)).size).toBe(0);
    expect(await signsOf(without)).toContain('sonotattachedtothisPDF');
  });

  it('is the same bytes for the same run, whenever it is made', async () => {
    const rows = [row(), row({ flags })];
    const first = await made(rows);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-01-01T00:00:00Z') });
    expect((await made(rows)).equals(first)).toBe(true);
  });

  it('is not made from other rows than the run names', async () => {
    const task = { head: headOf([row()]), language: 'ja' as const };
    await expect(bytesOf(runPdf(task, frozen([row({ user: 'other' })])))).rejects.toThrow(OtherRowsError);
  });
});
