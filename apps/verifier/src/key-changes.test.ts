/** Keys that another one takes the place of: who holds any key of a log proves all of it, and nobody else gets a word in. */
import { execFileSync } from 'node:child_process';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatVerifierKey, keyChangeContent, logOrigin, parseCheckpoint, signCheckpoint } from '@akashi/integrity';
import { describe, expect, test, vi } from 'vitest';
import { at, folder, prepareArchives, temporary, verifyAt, type Report } from './altered-archive.fixtures.ts';
import { keyFromSeed, signingKey, tenantId, verifierKey, writeArchive } from './archive.fixtures.ts';
import { run } from './run.ts';

prepareArchives();
/** Each judgement starts Python, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });

const checker = fileURLToPath(new URL('../../../e2e/verify/check_archive.py', import.meta.url));
const nameOf = (key: KeyObject): string => formatVerifierKey(logOrigin(tenantId), createPublicKey(key));
const [second, third, foreign] = [keyFromSeed(2), keyFromSeed(3), keyFromSeed(9)];
const [secondKey, thirdKey, foreignKey] = [nameOf(second), nameOf(third), nameOf(foreign)];
const why = { reason: 'yearly', who: 'Akashi' };

/** The key changes in entry 7 and in entry 15. */
const changes = new Map([
  [7, { old: verifierKey, new: secondKey }],
  [15, { old: secondKey, new: thirdKey }],
]);
const rightSigner = (size: number): KeyObject => (size <= 8 ? signingKey : size <= 16 ? second : third);

interface Differing {
  blocks?: number;
  signedBy?: (size: number) => KeyObject;
  changes?: Map<number, { old: string; new: string }>;
}

function written(name: string, differing: Differing = {}): void {
  verifyAt(join(temporary, name));
  const said = differing.changes ?? changes;
  writeArchive(at(''), {
    blocks: differing.blocks ?? 24,
    versionOne: 0,
    handedOut: [5, 12, 20],
    signedBy: differing.signedBy ?? rightSigner,
    statements: (entry) => {
      const change = said.get(entry);
      return change === undefined ? null : { kind: 'signing-key', content: keyChangeContent({ ...change, ...why }) };
    },
  });
}

type Outcome = Report & { keyChanges?: { entry: number; old: string; new: string }[] };

/** What both checkers say; they agree. */
async function judge(key: string, ...extra: string[]): Promise<{ code: number; codes: string[]; report: Outcome }> {
  let output = '';
  const write = { out: (text: string) => void (output += text), err: (text: string) => void (output += text) };
  const code = await run([folder, '--key', key, '--json', ...extra], write);
  let independent = 0;
  try {
    execFileSync('python3', [checker, folder, '--key', key, ...extra], { stdio: 'pipe' });
  } catch (error) {
    independent = (error as { status: number }).status;
  }
  expect(independent).toBe(code);
  const report = (output.startsWith('{') ? JSON.parse(output) : { problems: [] }) as Outcome;
  return { code, codes: [...new Set(report.problems.map((problem) => problem.code))], report };
}

describe('a log whose signing key changed', () => {
  test.each([verifierKey, secondKey, thirdKey])('is proven with any key of it (%s)', async (key) => {
    written('changed');
    const { code, codes, report } = await judge(key);
    expect([code, codes]).toEqual([0, []]);
    expect(report).toMatchObject({ size: 24, blocks: 22, statements: 2, warnings: [] });
    expect(report.keyChanges?.map(({ entry, ...names }) => [entry, names.old, names.new])).toEqual([
      [7, verifierKey, secondKey],
      [15, secondKey, thirdKey],
    ]);
  });

  test('says in words that the key changed, and which it is now', async () => {
    written('changed');
    for (const [lang, words] of [
      ['en', 'The signing key was changed 2 times'],
      ['ja', '署名鍵は 2 回更新されています'],
    ] as const) {
      let text = '';
      const write = { out: (said: string) => void (text += said), err: () => {} };
      expect(await run([folder, '--key', verifierKey, '--lang', lang], write)).toBe(0);
      expect(text).toContain(words);
      expect(text).toContain(thirdKey);
    }
  });

  test('is proven at each moment around a change', async () => {
    for (const blocks of [7, 8, 9, 10, 16, 17]) {
      written(`grown-${blocks}`, { blocks });
      expect((await judge(verifierKey)).codes).toEqual([]);
      // Who holds the newest key waits for the first checkpoint that it signs.
      if (blocks > 8) expect((await judge(secondKey)).code).toBe(0);
    }
  });

  test('goes on from a checkpoint that any of its keys signed, but not from one that a retired key made up', async () => {
    written('changed');
    const kept = join(temporary, 'kept');
    for (const size of [5, 8, 20]) {
      writeFileSync(kept, readFileSync(at(`log/checkpoints/${size}`)));
      expect((await judge(size < 10 ? thirdKey : verifierKey, '--since', kept)).code).toBe(0);
    }
    const note = parseCheckpoint(readFileSync(at('log/checkpoints/20')));
    if (!note.ok) throw new Error('no checkpoint');
    writeFileSync(kept, signCheckpoint(note.checkpoint, foreign));
    expect((await judge(verifierKey, '--since', kept)).code).toBe(2);
  });
});

describe('somebody else’s key', () => {
  test('that the old key did not sign in is named', async () => {
    // Whoever runs the archive replaces the key by one of their own, without the old one.
    const said = new Map([[7, { old: verifierKey, new: foreignKey }]]);
    written('forged', { changes: said, signedBy: (size) => (size < 8 ? signingKey : foreign) });
    const { code, codes } = await judge(verifierKey);
    expect(code).toBe(1);
    expect(codes).toContain('key-change-unsigned');
    // The signed handover is taken away.
    rmSync(at('log/checkpoints/8'));
    expect((await judge(verifierKey)).codes).toContain('checkpoint-missing');
  });

  test('that claims to be replaced by the one you hold is not believed', async () => {
    const said = new Map([[7, { old: foreignKey, new: verifierKey }]]);
    written('claimed', { blocks: 8, changes: said, signedBy: () => foreign });
    expect(await judge(verifierKey)).toMatchObject({ code: 1, codes: ['checkpoint-other-key'] });
  });

  test('that no statement names is another key', async () => {
    written('silent', { changes: new Map(), signedBy: (size) => (size <= 8 ? signingKey : foreign) });
    expect((await judge(verifierKey)).codes).toContain('checkpoint-other-key');
  });
});

describe('a retired key', () => {
  test('that goes on signing is named', async () => {
    const said = new Map([[7, { old: verifierKey, new: secondKey }]]);
    written('retired', { changes: said, signedBy: () => signingKey });
    for (const key of [verifierKey, secondKey]) {
      const { code, codes } = await judge(key);
      expect(code).toBe(1);
      expect(codes).toContain('checkpoint-retired-key');
    }
  });

  test('that signs one kept checkpoint behind its time is named', async () => {
    written('changed');
    const object = 'log/checkpoints/20';
    const note = parseCheckpoint(readFileSync(at(object)));
    if (!note.ok) throw new Error('no checkpoint');
    writeFileSync(at(object), signCheckpoint(note.checkpoint, second));
    expect(await judge(thirdKey)).toMatchObject({ code: 1, codes: ['checkpoint-retired-key'] });
  });

  test('cannot be replaced a second time', async () => {
    const said = new Map([...changes, [18, { old: verifierKey, new: foreignKey }]]);
    written('twice', { changes: said, signedBy: (size) => (size <= 19 ? rightSigner(size) : foreign) });
    expect((await judge(verifierKey)).code).toBe(1);
  });
});

test('a change that names no two keys is named', async () => {
  const said = new Map([[7, { old: verifierKey, new: verifierKey }]]);
  written('unreadable', { changes: said, signedBy: () => signingKey });
  expect(await judge(verifierKey)).toMatchObject({ code: 1, codes: ['key-change-false'] });
});
