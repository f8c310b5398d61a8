import { standardReports } from '@akashi/report';
import { expect, it } from 'vitest';
import { bytesOf, frozen, headOf, row } from '../rows/run.fixtures.ts';
import { printLimits } from './extract.ts';
import { runPdf } from './run-pdf.ts';
import { findVeraPdf } from './verapdf.fixtures.ts';

const checker = await findVeraPdf();
const isThere = 'problems' in checker;

const flags = [{ kind: 'outside-approval' as const }];
const hour = { by: 'hour', title: { ja: '時間帯別', en: 'By hour' } } as const;
const odd = row({ record: '𠮷髙﨑㐂關 ～〜 \u202E\u0000 😀 =1+1 <a&b>', flags, approval: 'outside' });
const long = row({ record: 'x'.repeat(9_000) });
const many = Array.from({ length: 40 }, (_, index) =>
  row({ user: `user${index}`, ...(index % 3 === 0 ? { flags } : {}) }),
);

it.skipIf(!isThere)(
  `veraPDF finds each a valid PDF/A-3a and PDF/UA-1${isThere ? '' : ` (skipped: ${checker.missing})`}`,
  async () => {
    if (!isThere) return;
    const files: Record<string, Buffer> = {};
    const make = async (name: string, rows: readonly ReturnType<typeof row>[], limits = printLimits): Promise<void> => {
      for (const language of ['ja', 'en'] as const) {
        const head = headOf(rows);
        const definition = {
          ...head.definition,
          plot: hour,
          title: { ja: '<権限> & "昇格"', en: '<Rights> & "more"' },
        };
        const plot = Array.from({ length: 24 }, (_, value) => ({
          value: String(value),
          rows: value,
          flagged: value % 3,
        }));
        const task = { head: { ...head, definition, summary: { ...head.summary, plot } }, language };
        files[`${name}-${language}`] = await bytesOf(runPdf(task, frozen(rows), limits));
      }
    };
    await make('empty', []);
    await make('odd', [odd, long]);
    await make('many', [...many, odd, long, ...many]);
    await make('cut', many, { ...printLimits, flagged: 2, rows: 3, others: 1, embeddedBytes: 10 });
    for (const [index, definition] of standardReports.entries()) {
      const rows = [
        row({ until: '2026-11-20T05:00:00.000Z' }),
        row({ eventId: null, record: null, recordSha256: null, flags }),
      ];
      const task = { head: headOf(rows, { definition }), language: index % 2 === 0 ? 'ja' : 'en' } as const;
      files[definition.id] = await bytesOf(runPdf(task, frozen(rows)));
    }
    for (const flavour of ['3a', 'ua1'] as const) expect(await checker.problems(files, flavour)).toBe('');
  },
  240_000,
);
