/** Every class of object is altered, removed, cut, swapped and added; the verifier has to name what was done. */
import { createPublicKey } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeBlockBody, formatVerifierKey, logOrigin, signCheckpoint, splitBlockObject } from '@akashi/integrity';
import { describe, expect, test } from 'vitest';
import {
  at,
  blocks,
  blockMinutes,
  flip,
  folder,
  found,
  objectOf,
  original,
  prepareArchives,
  read,
  temporary,
  verify,
  verifyAt,
  withRecords,
} from './altered-archive.fixtures.ts';
import {
  dataKey,
  keyFromSeed,
  makeBlock,
  makeBlockV1,
  signingKey,
  tenantId,
  verifierKey,
  writeArchive,
  writeObject,
} from './archive.fixtures.ts';
import { run } from './run.ts';

prepareArchives();

describe('an untouched archive', () => {
  test('is proven, without and with the data key', async () => {
    const plain = await verify();
    expect(plain.report).toMatchObject({
      ok: true,
      tenant: tenantId,
      size: blocks,
      blocks,
      problems: [],
      warnings: [],
    });
    expect(plain.code).toBe(0);
    const opened = await verify(...withRecords());
    expect(opened.code).toBe(0);
    expect(opened.report.records).toBe(plain.report.records);
    expect(opened.report.records).toBeGreaterThan(50);
  });

  test('is proven as the continuation of every checkpoint held', async () => {
    const held = join(temporary, 'held');
    for (const size of [1, 7, 8, blocks]) {
      writeFileSync(held, original.checkpoints[size - 1] ?? '');
      expect((await verify('--since', held)).code).toBe(0);
    }
  });

  test('tells of silence between blocks', async () => {
    const quiet = join(temporary, 'quiet');
    const made = writeArchive(quiet, { blocks: 3, stepUs: (block) => (block === 2 ? 90 : 1) * blockMinutes });
    verifyAt(quiet);
    expect(await verify()).toMatchObject({
      code: 0,
      report: { warnings: [{ code: 'silence', object: made.blockObjects[2] }] },
    });
  });
});

describe('block objects', () => {
  test.each([0, 3, 12, 22])('a flipped bit anywhere in block %i is named', async (block) => {
    const object = objectOf(block);
    const length = read(object).length;
    for (const byte of [0, 20, 200, 300, length - 30, length - 1]) {
      flip(object, byte);
      const { code, report } = await verify();
      expect(code).toBe(1);
      expect(report.problems).toMatchObject([{ object, block }]);
      expect(report.blocks).toBe(blocks - 1);
      flip(object, byte);
    }
  });

  test('removed, cut, extended, swapped', async () => {
    rmSync(at(objectOf(10)));
    writeFileSync(at(objectOf(14)), read(objectOf(14)).subarray(0, -1));
    writeFileSync(at(objectOf(16)), Buffer.concat([read(objectOf(16)), Buffer.of(0)]));
    renameSync(at(objectOf(20)), join(temporary, 'swap'));
    renameSync(at(objectOf(21)), at(objectOf(20)));
    renameSync(join(temporary, 'swap'), at(objectOf(21)));
    const { code, report } = await verify();
    expect(code).toBe(1);
    expect(found(report)).toEqual([
      { code: 'block-missing', object: objectOf(10), block: 10 },
      { code: 'block-length-altered', object: objectOf(14), block: 14 },
      { code: 'block-length-altered', object: objectOf(16), block: 16 },
      { code: 'block-header-altered', object: objectOf(20), block: 20 },
      { code: 'block-header-altered', object: objectOf(21), block: 21 },
    ]);
    expect(report.problems[3]?.detail).toBe('In the place of block 20 lies block 21.');
  });

  test('emptied, or cut within its header', async () => {
    writeFileSync(at(objectOf(4)), '');
    writeFileSync(at(objectOf(6)), read(objectOf(6)).subarray(0, 60));
    const { code, report } = await verify(...withRecords());
    expect(code).toBe(1);
    expect(found(report)).toEqual([
      { code: 'block-length-altered', object: objectOf(4), block: 4 },
      { code: 'block-length-altered', object: objectOf(6), block: 6 },
    ]);
    expect(report.problems[0]?.detail).toMatch(/cut or extended \(bytes there and sealed: 0 \d+\)/);
  });

  test('moved to another day, or added', async () => {
    const moved = objectOf(5).replace('/21/', '/19/');
    writeObject(folder, moved, read(objectOf(5)));
    rmSync(at(objectOf(5)));
    const added = 'blocks/2026/11/22/000000000999.akb';
    writeObject(folder, added, read(objectOf(11)));
    writeObject(folder, 'blocks/2026/11/22/note.txt', 'x');
    for (const stray of ['blocks/stray', 'blocks/2026/stray', 'blocks/2026/11/stray']) writeObject(folder, stray, 'x');
    expect(found((await verify()).report)).toEqual([
      { code: 'block-missing', object: objectOf(5), block: 5 },
      { code: 'unexpected-object', object: added },
      { code: 'unexpected-object', object: 'blocks/2026/11/22/note.txt' },
      { code: 'unexpected-object', object: moved },
      { code: 'unexpected-object', object: 'blocks/2026/11/stray' },
      { code: 'unexpected-object', object: 'blocks/2026/stray' },
      { code: 'unexpected-object', object: 'blocks/stray' },
    ]);
  });
});

describe('records, with the data key', () => {
  function rewriteRecord(block: number, edit: (lines: string[]) => string[]): void {
    const object = objectOf(block);
    const split = splitBlockObject(read(object));
    if (!split.ok) throw new Error('no block');
    const lines = Array.from({ length: split.header.records }, (_, line) => `block ${block} line ${line} ログ`);
    const make = split.header.version === 1 ? makeBlockV1 : makeBlock;
    const forged = splitBlockObject(make(block, split.header.createdUs, edit(lines)).stored?.object ?? Buffer.alloc(0));
    if (!forged.ok) throw new Error('no block');
    writeFileSync(at(object), Buffer.concat([split.headerBytes, Buffer.from('\n'), forged.body]));
  }

  test.each([6, 16])('records of block %i, rewritten by somebody who holds the data key, are found', async (block) => {
    rewriteRecord(block, (lines) => lines.map((line, index) => (index === 2 ? 'forged' : line)));
    const { code, report } = await verify(...withRecords());
    expect(code).toBe(1);
    expect(report.problems.map(({ code: problem }) => problem)).toEqual(['block-length-altered', 'records-mismatch']);
  });

  test.each([8, 18])('one record of block %i altered in place is named, through all layers', async (block) => {
    const object = objectOf(block);
    const split = splitBlockObject(read(object));
    if (!split.ok) throw new Error('no block');
    // Flipping ciphertext bits one after the other; wherever unpacking still works, the record must be named.
    const named = new Set<number>();
    for (let offset = 12; offset < split.body.length - 16; offset += 31) {
      const bytes = read(object);
      const place = split.headerBytes.length + 1 + offset;
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      writeFileSync(at(object), bytes);
      const { code, report } = await verify(...withRecords());
      expect(code).toBe(1);
      expect(report.problems[0]).toMatchObject({ code: 'block-body-altered', object, block });
      for (const { leaf } of report.problems) if (leaf !== undefined) named.add(leaf);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      writeFileSync(at(object), bytes);
    }
    expect(named.size).toBeGreaterThan(0);
  });

  test.each([9, 17])('a body sealed for another block than %i does not open', async (block) => {
    const object = objectOf(block);
    const split = splitBlockObject(read(object));
    if (!split.ok) throw new Error('no block');
    const body = encodeBlockBody({
      version: split.header.version,
      tenantId,
      blockNumber: block + 1,
      key: dataKey,
      nonce: split.body.subarray(0, 12),
      payload: Buffer.alloc(8),
    });
    writeFileSync(at(object), Buffer.concat([split.headerBytes, Buffer.from('\n'), body]));
    expect((await verify(...withRecords())).report.problems[0]).toMatchObject({ object, block });
  });

  test('a key that is missing leaves the outcome open', async () => {
    const other = join(temporary, 'other-key.txt');
    writeFileSync(other, `akashi-data-key another ${dataKey.toString('base64')}\n`);
    const { code, report } = await verify('--data-key', other);
    expect(code).toBe(2);
    expect(report.ok).toBe(false);
    expect(report.problems[0]?.code).toBe('data-key-missing');
  });
});

describe('beside the evidence', () => {
  test('an exchanged key copy is a problem, other text a note', async () => {
    writeFileSync(at('verifier-key.txt'), 'x');
    writeFileSync(at('format.md'), 'x');
    writeFileSync(at('readme.txt'), 'x');
    const { code, report } = await verify();
    expect(code).toBe(1);
    expect(report.problems).toMatchObject([{ code: 'verifier-key-differs' }]);
    expect(report.warnings.map((warning) => warning.code)).toEqual(['format-text-differs', 'unknown-file']);
  });
});

describe('the command line', () => {
  async function speak(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    let out = '';
    let err = '';
    const write = { out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
    const code = await run(argv, write);
    return { code, out, err };
  }

  test('says in a sentence what is proven or altered, in English and Japanese', async () => {
    expect((await speak(folder, '--key', verifierKey)).out).toMatch(
      /^PROVEN: all 24 blocks with [\d,]+ records of tenant /,
    );
    expect((await speak(folder, '--key', verifierKey, '--lang', 'ja')).out).toMatch(/^証明済み: /);
    rmSync(at(objectOf(1)));
    const spoken = await speak(folder, '--key', verifierKey);
    expect(spoken.code).toBe(1);
    expect(spoken.out).toContain('ALTERED');
    expect(spoken.out).toContain(objectOf(1));
    expect((await speak(folder, '--key', verifierKey, '--lang', 'ja')).out).toContain('ブロック 1 が削除されています');
  });

  test.each([
    ['with Windows line ends', `${verifierKey}\r\n`],
    ['as Windows editors save it', `\uFEFF${verifierKey}\r\n\r\n`],
    ['without a line end', verifierKey],
  ])('takes the key from a file %s', async (_, text) => {
    const file = join(temporary, 'verifier-key.txt');
    writeFileSync(file, text);
    expect((await speak(folder, '--key', file)).code).toBe(0);
  });

  test('asks for what is missing with exit code 2', async () => {
    expect(await speak(folder)).toMatchObject({ code: 2, out: '' });
    expect((await speak(folder, '--key', 'nonsense')).err).toContain('nor the name of a file');
    expect((await speak(folder, '--key', at('format.md'))).err).toContain('does not hold a verifier key');
    expect((await speak(join(temporary, 'nowhere'), '--key', verifierKey)).err).toContain('There is no folder');
    expect((await speak(at('format.md'), '--key', verifierKey)).err).toContain('is not a folder');
    expect((await speak(folder, '--key', verifierKey, '--data-key', join(folder, 'format.md'))).code).toBe(2);
    expect((await speak('--help')).code).toBe(0);
  });

  test('says what is wrong with a checkpoint held outside, with exit code 2', async () => {
    const held = join(temporary, 'held');
    const since = async (note: string): Promise<string> => {
      writeFileSync(held, note);
      const { code, err } = await speak(folder, '--key', verifierKey, '--since', held);
      expect(code).toBe(2);
      return err;
    };
    const head = { origin: logOrigin(tenantId), size: 3, root: Buffer.alloc(32) };
    const signed = signCheckpoint(head, signingKey);
    expect(await since('text')).toContain('is not a checkpoint');
    expect(await since(signed.replace('\n3\n', '\n4\n'))).toContain('was altered');
    expect(await since(signCheckpoint(head, keyFromSeed(2)))).toContain('is not signed by the key you gave');
    expect(await since(signCheckpoint({ ...head, origin: logOrigin('other') }, signingKey))).toContain(
      'of another log',
    );
    expect((await speak(folder, '--key', verifierKey, '--since', join(temporary, 'nowhere'))).err).toContain('--since');
  });

  test("says whose log it is when another tenant's key was given", async () => {
    const otherKey = formatVerifierKey(logOrigin('other'), createPublicKey(signingKey));
    const spoken = await speak(folder, '--key', otherKey);
    expect(spoken.code).toBe(1);
    expect(spoken.out).toContain(`This checkpoint is of the log akashi.log/${tenantId}, not of this tenant's.`);
  });

  test('an empty folder is not a proof', async () => {
    rmSync(folder, { recursive: true });
    writeObject(folder, 'format.md', '');
    expect(await verify()).toMatchObject({ code: 2, report: { ok: false, problems: [{ code: 'not-sealed' }] } });
  });
});
