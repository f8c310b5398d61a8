/** Any store that lists its keys and gives ranges of its objects is checked as a folder is. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inFolder, verifyArchive, type EvidencePlace, type ObjectSource } from '@akashi/verify';
import { expect, test } from 'vitest';
import { at, flip, folder, large, copyOf, objectOf, prepareArchives } from './altered-archive.fixtures.ts';
import { dataKey, dataKeyId, tenantId, verifierKey, writeObject } from './archive.fixtures.ts';
import { formatJson } from './report.ts';

prepareArchives();

/** Keys in order, a page at a time, as a bucket has them. */
function bucketOf(root: string): ObjectSource {
  const objects = new Map<string, Buffer>();
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const file = join(root, path);
    if (statSync(file).isFile()) objects.set(relative(root, file), readFileSync(file));
  }
  const keys = [...objects.keys()].sort();
  return {
    readRange: (key, { start, bytes }) =>
      Promise.resolve(objects.get(key)?.subarray(start, start + Math.min(bytes, 2 ** 31)) ?? null),
    facts: (key) => Promise.resolve(objects.has(key) ? { bytes: objects.get(key)?.length ?? 0 } : null),
    async *list(prefix, { after = '' } = {}) {
      for (const key of keys) if (key.startsWith(prefix) && key > after) yield Promise.resolve({ key });
    },
  };
}

async function verifyAt(place: EvidencePlace, dataKeys: ReadonlyMap<string, Buffer> | null): Promise<string> {
  const request = { ...place, tenantId, verifierKey, dataKeys, held: null, describes: true };
  return formatJson(await verifyArchive(request), 'en');
}

const alterations: readonly [string, () => void][] = [
  ['untouched', () => undefined],
  ['with a flipped bit in a block', () => flip(objectOf(14), -30)],
  ['without a block', () => rmSync(at(objectOf(4)))],
  [
    'with a longer block',
    () => writeFileSync(at(objectOf(6)), Buffer.concat([readFileSync(at(objectOf(6))), Buffer.of(1)])),
  ],
  ['without its newest checkpoint', () => rmSync(at('log/checkpoint'))],
  ['without a tile', () => rmSync(at('log/tile/0/001.p/14'))],
  [
    'with foreign objects',
    () => {
      for (const object of ['blocks/2026/11/22/x/y', 'blocks/stray', 'log/other', 'notes/a/b', 'readme.txt']) {
        writeObject(folder, object, 'x');
      }
    },
  ],
];

const bucket = (): EvidencePlace => ({ open: () => bucketOf(folder), threadSource: null });

test.each(alterations)('an archive %s', async (_, alter) => {
  copyOf(large);
  alter();
  for (const dataKeys of [null, new Map([[dataKeyId, dataKey]])]) {
    expect(await verifyAt(bucket(), dataKeys)).toBe(await verifyAt(inFolder(folder), dataKeys));
  }
});

test('a store that is away is a fault of the check, not a finding', async () => {
  const away = Object.assign(new Error('no answer'), { code: 'archive-unavailable' });
  const source: ObjectSource = { ...bucketOf(folder), readRange: () => Promise.reject(away) };
  await expect(verifyAt({ ...bucket(), open: () => source }, null)).rejects.toBe(away);
});
