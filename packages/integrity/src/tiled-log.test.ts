import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { signCheckpoint } from './checkpoint.ts';
import { decodeEntries, encodeEntries } from './entry-bundle.ts';
import { consistencyProof, hashLeaf, inclusionProof, merkleRoot, verifyInclusion } from './merkle-tree.ts';
import { createLogReader, LogReadError, readLogEdge } from './read-log.ts';
import { entriesPath, parseTilePath, tilePath, tilesOfTree } from './tile-path.ts';
import { appendToLog, emptyLogEdge, type LogEdge } from './tiled-log.ts';

/** Exhaustive loops on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });

const entryOf = (index: number): Buffer => Buffer.from(`entry ${index}`);
const entriesBetween = (start: number, end: number): Buffer[] =>
  Array.from({ length: end - start }, (_, offset) => entryOf(start + offset));

function grow(steps: readonly number[]) {
  const files = new Map<string, Buffer>();
  let edge: LogEdge = emptyLogEdge;
  let root = merkleRoot([]);
  for (const step of steps) {
    const grown = appendToLog(edge, entriesBetween(edge.size, edge.size + step));
    for (const { path, bytes } of grown.objects) {
      expect(files.has(path), path).toBe(false);
      files.set(path, bytes);
    }
    ({ edge, root } = grown);
  }
  return { files, edge, root, read: async (path: string) => files.get(path) ?? null };
}

describe('tile paths', () => {
  test('follow the specification', () => {
    expect(tilePath(0, 1234067)).toBe('tile/0/x001/x234/067');
    expect(tilePath(1, 0, 17)).toBe('tile/1/000.p/17');
    expect(entriesPath(999)).toBe('tile/entries/999');
    expect(entriesPath(1000, 255)).toBe('tile/entries/x001/000.p/255');
  });

  test('a tree of 70,000 entries consists of the tiles the specification names', () => {
    const names = [...tilesOfTree(70_000)];
    const count = (level: number, full: boolean) =>
      names.filter((name) => name.level === level && (name.width === 256) === full).length;
    expect([count(0, true), count(0, false), count(1, true), count(1, false), count(2, false)]).toEqual([
      273, 1, 1, 1, 1,
    ]);
    expect(names.filter((name) => name.width < 256).map(({ level, width }) => [level, width])).toEqual([
      ['entries', 112],
      [0, 112],
      [1, 17],
      [2, 1],
    ]);
  });

  test('parse back, and nothing else does', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5_000_000 }),
        fc.nat({ max: 63 }),
        fc.integer({ min: 1, max: 256 }),
        (index, level, width) => {
          expect(parseTilePath(tilePath(level, index, width))).toEqual({ level, index, width });
          expect(parseTilePath(entriesPath(index, width))).toEqual({ level: 'entries', index, width });
        },
      ),
    );
    for (const path of [
      'tile/0/0',
      'tile/00/000',
      'tile/64/000',
      'tile/0/x000/001',
      'tile/0/001/002',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/0/000.p/01',
      'tile/0/000/',
      '/tile/0/000',
      'tile/data/000',
      'tile/0/x001',
    ]) {
      expect(parseTilePath(path), path).toBeNull();
    }
  });
});

describe('entry bundles', () => {
  test('come back as they were, and broken lengths are refused', () => {
    const entries = [Buffer.from('a'), Buffer.alloc(0), Buffer.alloc(65535, 1)];
    expect(decodeEntries(encodeEntries(entries))).toEqual(entries);
    expect(decodeEntries(encodeEntries(entries).subarray(0, -1))).toBeNull();
    expect(decodeEntries(Buffer.of(0))).toBeNull();
    expect(() => encodeEntries([Buffer.alloc(65536)])).toThrow(RangeError);
  });
});

describe('growing a log', () => {
  test('any way of growing gives the same root as the tree by definition', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }), (steps) => {
        const { root, edge } = grow(steps);
        const size = steps.reduce((sum, step) => sum + step, 0);
        expect(edge.size).toBe(size);
        expect(root).toEqual(merkleRoot(entriesBetween(0, size).map(hashLeaf)));
      }),
      { numRuns: 30 },
    );
  });

  test('one by one, every size has every tile it consists of, and every proof can be read', async () => {
    const size = 520;
    const { files, read } = grow(Array.from({ length: size }, () => 1));
    const hashes = entriesBetween(0, size).map(hashLeaf);
    for (let at = 1; at <= size; at++) {
      for (const { level, index, width } of tilesOfTree(at)) {
        const path = level === 'entries' ? entriesPath(index, width) : tilePath(level, index, width);
        expect(files.has(path), path).toBe(true);
      }
    }
    for (const at of [1, 2, 255, 256, 257, 300, 511, 512, 513, 520]) {
      const reader = createLogReader(read);
      expect(await reader.root(at)).toEqual(merkleRoot(hashes.slice(0, at)));
      for (const index of new Set([0, at >> 1, at - 1])) {
        expect(await reader.inclusionProof(index, at)).toEqual(inclusionProof(hashes.slice(0, at), index));
        expect(await reader.consistencyProof(index, at)).toEqual(consistencyProof(hashes.slice(0, at), index));
        expect(await reader.entry(index, at)).toEqual(entryOf(index));
      }
    }
  });

  test('a third tile level appears at 65,536 entries', async () => {
    const { read, root, edge } = grow([65_000, 535, 1, 1]);
    expect(edge.levels.map((hashes) => hashes.length)).toEqual([1, 0, 1]);
    expect(await createLogReader(read).root(65_537)).toEqual(root);
    const hashes = entriesBetween(0, 65_537).map(hashLeaf);
    expect(root).toEqual(merkleRoot(hashes));
    expect(await createLogReader(read).inclusionProof(40_000, 65_537)).toEqual(inclusionProof(hashes, 40_000));
  });

  test('goes on from the edge as read back', async () => {
    const { read, root, edge } = grow([300, 17]);
    const readEdge = await readLogEdge(read, { size: 317, root });
    const more = entriesBetween(317, 600);
    expect(appendToLog(readEdge, more)).toEqual(appendToLog(edge, more));
    await expect(readLogEdge(read, { size: 317, root: hashLeaf(root) })).rejects.toThrow(LogReadError);
  });

  test('a partial tile that is gone is read from its full tile', async () => {
    const { files, read } = grow([200, 100]);
    files.delete(tilePath(0, 0, 200));
    files.delete(entriesPath(0, 200));
    const reader = createLogReader(read);
    expect(await reader.root(200)).toEqual(merkleRoot(entriesBetween(0, 200).map(hashLeaf)));
    expect(await reader.entry(199, 200)).toEqual(entryOf(199));
  });

  /** A log that goes on while it is read: before a read of that path, what is superseded goes and the wider ones come. */
  function growing(from: number, growths: readonly { before: string; to: number }[]) {
    const files = new Map<string, Buffer>();
    const growTo = (size: number): void => {
      const last = Math.floor(size / 256);
      for (const path of files.keys()) {
        const name = parseTilePath(path);
        const isSuperseded = name?.level === 0 || name?.level === 'entries' ? name.width < 256 : false;
        if (isSuperseded && name !== null && (name.index < last || name.width < size % 256)) files.delete(path);
      }
      const { objects, root } = appendToLog(emptyLogEdge, entriesBetween(0, size));
      for (const { path, bytes } of objects) files.set(path, bytes);
      const note = signCheckpoint({ origin: 'test', size, root }, privateKey);
      files.set('checkpoint', Buffer.from(note));
    };
    growTo(from);
    const waiting = [...growths];
    return async (path: string) => {
      while (waiting[0]?.before === path) growTo(waiting.shift()?.to ?? 0);
      return files.get(path) ?? null;
    };
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  const tile = (width: number): string => tilePath(0, 0, width);
  test.each([
    ['once', [{ before: tile(5), to: 9 }]],
    [
      'and becomes full between two looks',
      [
        { before: tile(5), to: 9 },
        { before: 'checkpoint', to: 300 },
      ],
    ],
    [
      'behind the look for the full tile',
      [
        { before: tile(5), to: 9 },
        { before: tile(9), to: 20 },
        { before: tile(20), to: 256 },
      ],
    ],
  ])('a log that grows while it is read at an earlier size: %s', async (_, growths) => {
    const reader = createLogReader(growing(5, growths));
    expect(await reader.root(5)).toEqual(merkleRoot(entriesBetween(0, 5).map(hashLeaf)));
    expect(await reader.entry(4, 5)).toEqual(entryOf(4));
  });

  test('a partial tile of the newest size that is gone is missing, and of a checkpoint that was turned on too', async () => {
    const { files, read } = grow([5]);
    files.delete(tile(5));
    await expect(createLogReader(read).root(5)).rejects.toMatchObject({ code: 'missing-tile', path: tile(5) });
    const note = signCheckpoint({ origin: 'test', size: 9, root: hashLeaf(entryOf(0)) }, privateKey);
    files.set('checkpoint', Buffer.from(note));
    await expect(createLogReader(read).root(5)).rejects.toMatchObject({ code: 'missing-tile', path: tile(5) });
  });

  test('any flipped bit in a hash tile breaks the proof of a neighbour', async () => {
    const { files, root } = grow([300]);
    const hashes = entriesBetween(0, 300).map(hashLeaf);
    for (const [path, start, stride] of [
      ['tile/0/000', 0, 61],
      ['tile/0/001.p/44', 256, 7],
    ] as const) {
      const bytes = files.get(path) ?? Buffer.alloc(0);
      for (let bit = 0; bit < bytes.length * 8; bit += stride) {
        const reader = createLogReader(async (asked) =>
          asked === path ? flipBit(bytes, bit) : (files.get(asked) ?? null),
        );
        const index = (start + (bit >> 8)) ^ 1;
        const proof = await reader.inclusionProof(index, 300);
        const leafHash = hashes[index] ?? Buffer.alloc(0);
        expect(verifyInclusion({ leafHash, index, size: 300, proof, root }), `${path} bit ${bit}`).toBe(false);
      }
    }
    const upper = files.get('tile/1/000.p/1') ?? Buffer.alloc(0);
    for (let bit = 0; bit < 256; bit++) {
      const altered = flipBit(upper, bit);
      const reader = createLogReader(async (path) => (path === 'tile/1/000.p/1' ? altered : (files.get(path) ?? null)));
      expect((await reader.root(300)).equals(root)).toBe(false);
    }
  });

  test('any flipped bit in an entry bundle is refused', async () => {
    const { files, root } = grow([300]);
    const path = 'tile/entries/001.p/44';
    const bytes = files.get(path) ?? Buffer.alloc(0);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = flipBit(bytes, bit);
      const read = async (asked: string) => (asked === path ? altered : (files.get(asked) ?? null));
      await expect(readLogEdge(read, { size: 300, root }), `bit ${bit}`).rejects.toThrow(LogReadError);
    }
  });
});

function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}
