import type { ReportRun } from '@akashi/database';
import type { FastifyReply } from 'fastify';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sendAsFile } from '../openapi/answers-file.ts';
import { fileHead } from './file-head.ts';

const file = { format: 'csv', language: 'ja', sha256: '00'.repeat(32), bytes: 3, object: 'x' } as const;
const runOf = (values: object): ReportRun =>
  ({
    id: '0198c0de-0000-7000-8000-000000000002',
    report: 'failed-sign-ins',
    definition: { title: { ja: 'ログイン失敗一覧', en: 'Failed sign-ins' } },
    basis: { timeZone: 'Asia/Tokyo', language: 'ja' },
    area: { name: 'DB' },
    from: new Date('2026-11-28T15:00:00Z'),
    day: null,
    ...values,
  }) as unknown as ReportRun;

it('names a file by report, day in the organisation’s zone and area, in the language of the file', () => {
  expect(fileHead({ run: runOf({}), file }).name).toEqual({
    plain: 'failed-sign-ins-2026-11-29-0198c0de.ja.csv',
    full: 'ログイン失敗一覧 2026-11-29 DB.ja.csv',
  });
  const ndjson = { ...file, format: 'ndjson', language: null } as const;
  const head = fileHead({ run: runOf({ day: '2026-11-30', area: null }), file: ndjson });
  expect(head.name.full).toBe('ログイン失敗一覧 2026-11-30.ndjson');
  expect(fileHead({ run: runOf({}), file: { ...file, language: 'en' } }).name.full).toBe(
    'Failed sign-ins 2026-11-29 DB.en.csv',
  );
});

it('writes one header line whatever an area is called, and no path', () => {
  const name = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom('"', '\r', '\n', '/', '\\', ';', '\uD800'),
    ),
  });
  fc.assert(
    fc.property(name, (area) => {
      const headers = new Map<string, unknown>();
      const reply = {
        type: () => reply,
        header: (key: string, value: unknown) => (headers.set(key, value), reply),
      };
      sendAsFile(reply as unknown as FastifyReply, fileHead({ run: runOf({ area: { name: area } }), file }));
      const disposition = String(headers.get('content-disposition'));
      expect(disposition).toMatch(/^attachment; filename="[a-z0-9.-]+"; filename\*=UTF-8''[A-Za-z0-9._~!%-]+$/);
      expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).not.toMatch(/[\\/\r\n]/);
    }),
  );
});
