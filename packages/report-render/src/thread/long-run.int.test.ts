import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ReportRow } from '@akashi/report';
import { headOf, row } from '../rows/run.fixtures.ts';
import { ndjsonLine } from '../rows/ndjson.ts';
import { pagesOf } from '../pdf/pdf-text.fixtures.ts';
import { renderRun } from './render-run.ts';

const rows = 100_000;
const flags = [{ kind: 'outside-approval' as const }];

function* lines(): Generator<Buffer> {
  for (let start = 0; start < rows; start += 1_000) {
    const some = Array.from({ length: 1_000 }, (_, index): ReportRow => {
      const number = start + index;
      const record = `Nov 20 10:02:11 db01 sudo: yamada : USER=root ; COMMAND=/usr/bin/psql -c select ${number}`;
      return row({ record, recordSha256: null, user: `user${number}`, flags: number % 20 === 0 ? flags : [] });
    });
    yield Buffer.from(some.map(ndjsonLine).join(''));
  }
}

async function* chunks(): AsyncGenerator<Uint8Array> {
  yield* lines();
}

/** The thread ends with an error above its heap, which is far below what these rows would take. */
it('a run of 100,000 rows is made into a PDF of its oldest rows in a bounded heap', async () => {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const part of lines()) {
    hash.update(part);
    bytes += part.length;
  }
  const head = headOf([], { ndjson: { bytes, sha256: hash.digest('hex') } });
  const made: Uint8Array[] = [];
  for await (const chunk of renderRun({ head, format: 'pdf', language: 'en' }, chunks())) made.push(chunk);
  const pages = await pagesOf(Buffer.concat(made));
  const text = pages.join(' ');
  expect(text).toContain('The oldest 2,000 of 5,000 are shown.');
  expect(text).toContain('The oldest 500 of 95,000 are shown.');
  expect(text).toContain('Larger than 16 MiB, so not attached to this PDF.');
  expect(text).toContain('user39980');
  expect(text).not.toContain('user40000');
}, 240_000);
