/** Threads may check blocks in any order: what comes out has to be the same as from one thread. */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderModule, inFolder, openBlockPool, verifyArchive, type Verification } from '@akashi/verify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { dataKey, dataKeyId, tenantId, verifierKey, writeArchive, type WrittenArchive } from './archive.fixtures.ts';
import { formatJson } from './report.ts';

/** Threads that load the sources on a busy machine. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

/** More than one batch for each of two threads, and two bundles of the log. */
const blocks = 1_300;
const dataKeys = new Map([[dataKeyId, dataKey]]);
let temporary = '';
let archive: WrittenArchive;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'akashi-verify-'));
  archive = writeArchive(join(temporary, 'archive'), { blocks, records: (block) => [`record of ${block}`] });
});

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const at = (object: string | undefined): string => join(archive.folder, object ?? '');

function verify(count: number, keys: ReadonlyMap<string, Buffer> | null): Promise<Verification> {
  const threads = { count, fromBytes: 0 };
  return verifyArchive({ ...inFolder(archive.folder), tenantId, verifierKey, dataKeys: keys, held: null, threads });
}

test.each([null, dataKeys])('two threads find what one finds, in the same order (%#)', async (keys) => {
  const untouched = await verify(2, keys);
  expect(untouched).toMatchObject({ blocks, records: blocks, findings: { problemCount: 0 } });

  const [first, second, third, fourth, fifth] = [3, 255, 256, 900, 1_299].map((block) => archive.blockObjects[block]);
  const saved = [first, second, third, fourth, fifth].map((object) => readFileSync(at(object)));
  const flipped = Buffer.from(saved[0] ?? []);
  flipped.writeUInt8(flipped.readUInt8(flipped.length - 20) ^ 1, flipped.length - 20);
  writeFileSync(at(first), flipped);
  rmSync(at(second));
  writeFileSync(at(third), saved[3] ?? '');
  truncateSync(at(fourth), 100);
  // Larger than a thread may hold.
  truncateSync(at(fifth), 33 * 1024 * 1024);
  writeFileSync(at('log/checkpoints/300'), 'x');
  try {
    const alone = formatJson(await verify(1, keys), 'en');
    expect(formatJson(await verify(2, keys), 'en')).toBe(alone);
    const { problems } = JSON.parse(alone) as { problems: { code: string; block?: number }[] };
    expect(problems.map(({ code }) => code).filter((code) => code !== 'record-altered')).toEqual([
      'block-body-altered',
      'block-missing',
      'block-header-altered',
      'checkpoint-altered',
      'block-length-altered',
      'block-length-altered',
    ]);
  } finally {
    [first, second, third, fourth, fifth].forEach((object, index) => writeFileSync(at(object), saved[index] ?? ''));
    writeFileSync(at('log/checkpoints/300'), archive.checkpoints[299] ?? '');
  }
});

test('a thread that fails is a fault of the check, not a finding', async () => {
  const pool = openBlockPool({ source: folderModule(archive.folder), dataKeys: null, threads: 2 });
  const done = vi.fn<(outcome: unknown) => void>();
  await pool.check({ object: 'blocks/x', entry: 'not a header' }, { bytes: 1, done });
  await expect(pool.finish()).rejects.toThrow('was not checked before');
  expect(done).not.toHaveBeenCalled();
});
