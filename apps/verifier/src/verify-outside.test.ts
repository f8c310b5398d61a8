/** Proofs that were kept outside of the archive, against an operator who holds its key and its disk. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildEventProof,
  checkpointPath,
  decodeBlockBody,
  sha256,
  splitBlockObject,
  tlogProofOfEvent,
} from '@akashi/integrity';
import { timeStampRequest } from '@akashi/integrity/timestamp';
import { openTestAuthority, type TestAuthority } from '@akashi/integrity/timestamp-authority';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, copyOf, folder, original, prepareArchives, temporary, verify } from './altered-archive.fixtures.ts';
import { dataKey, tenantId, verifierKey, writeArchive, type ArchivePlan } from './archive.fixtures.ts';
import { run } from './run.ts';

prepareArchives();

/** Written from the texts beside the evidence alone, in another language. */
const independent = fileURLToPath(new URL('../../../e2e/verify/check_proof.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) process.stderr.write('skipped: the independent checker of proofs needs python3\n');

const blocks = 24;
/** A size under which the archive keeps a checkpoint, as somebody outside has it. */
const stamped = 18;
let authority: TestAuthority;
let other: TestAuthority;
/** What was kept outside: the checkpoint of a mail, and the time stamp of it. */
let kept = '';

const noteOf = (size: number): Buffer => readFileSync(join(original.folder, 'log', checkpointPath(size)));
const stampOf = (note: Uint8Array, by = authority): Buffer =>
  by.answer(timeStampRequest(sha256(note), randomBytes(16)));

async function told(...extra: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const write = { out: (part: string) => void (text += part), err: (part: string) => void (text += part) };
  return { code: await run([folder, '--key', verifierKey, ...extra], write), text };
}

const codes = async (...extra: string[]): Promise<{ code: number; problems: string[]; warnings: string[] }> => {
  const { code, report } = await verify(...extra);
  // How late a stamp is depends on the day on which this runs.
  const warnings = report.warnings.map((each) => each.code).filter((each) => !/^timestamp-(?:late|before)/.test(each));
  return { code, problems: [...new Set(report.problems.map((problem) => problem.code))], warnings };
};

/** The operator writes the whole archive anew, with the log's own key: every check inside of it holds. */
function rewrite(plan: Partial<ArchivePlan>): void {
  rmSync(folder, { recursive: true });
  writeArchive(folder, { blocks, handedOut: [stamped], ...plan });
}
const otherRecords = (block: number): string[] => (block % 4 === 3 ? [] : [`block ${block}, written anew`]);

beforeAll(() => {
  authority = openTestAuthority();
  other = openTestAuthority('ec');
  kept = join(temporary, 'kept');
  mkdirSync(kept);
  writeFileSync(join(kept, 'checkpoint.txt'), noteOf(stamped));
  writeFileSync(join(kept, `${stamped}.tsr`), stampOf(noteOf(stamped)));
}, 60_000);
afterAll(() => {
  authority.remove();
  other.remove();
});

const since = (): string[] => ['--since', join(kept, 'checkpoint.txt')];
const stamps = (): string[] => ['--timestamps', kept, '--timestamp-ca', authority.certificateFile];

describe('a checkpoint that was kept', () => {
  test('proves what came before it, in words that say what it does not', async () => {
    const { code, text } = await told(...since());
    expect(code).toBe(0);
    expect(text).toContain(`nobody changed, removed, added or reordered anything in the first ${stamped} blocks`);
    expect(text).toContain(`Of the ${blocks - stamped} blocks after it, it says nothing`);
    expect((await told(...since(), '--lang', 'ja')).text).toContain('チェックポイント');
    expect((await verify(...since())).report).toMatchObject({ since: { size: stamped, outcome: 'continued' } });
  });

  test('alone finds a history that was written anew, and an end that was cut off', async () => {
    rewrite({ records: otherRecords });
    expect(await codes()).toEqual({ code: 0, problems: [], warnings: [] });
    expect(await codes(...since())).toMatchObject({ code: 1, problems: ['history-rewritten'] });
    expect((await told(...since())).text).toContain("written anew, with the log's own key");
    rewrite({ blocks: stamped - 1, handedOut: [] });
    expect(await codes()).toMatchObject({ code: 0 });
    expect(await codes(...since())).toMatchObject({ code: 1, problems: ['log-truncated'] });
  });
});

describe('a time stamp that was kept', () => {
  test('proves since when the log is as it is, to whoever trusts the authority', async () => {
    const { code, text } = await told(...stamps());
    expect(code).toBe(0);
    expect(text).toContain(`The first ${stamped} blocks were there at `);
    expect(text).toContain('O=Test, CN=Test time stamps');
    expect(text).not.toContain('--timestamp-ca');
    expect((await told('--timestamps', kept)).text).toContain('Who the authority is was not checked');
    const untrusting = ['--timestamps', kept, '--timestamp-ca', other.certificateFile];
    expect(await codes(...untrusting)).toEqual({ code: 0, problems: [], warnings: ['timestamp-untrusted'] });
    expect((await told(...untrusting)).text).toContain('No time stamp holds.');
  });

  test('alone finds a history that was written anew, and an end that was cut off', async () => {
    rewrite({ records: otherRecords });
    expect(await codes(...stamps())).toMatchObject({ code: 1, problems: ['timestamp-not-in-log'] });
    rewrite({ blocks: stamped - 1, handedOut: [] });
    expect(await codes(...stamps())).toMatchObject({ code: 1, problems: ['timestamp-not-in-log'] });
  });

  test('says of a history written anew and stamped anew how late that was', async () => {
    const longAgo = (block: number): number => (block === 0 ? -90 * 86_400_000_000 : 60_000_000);
    rewrite({ records: otherRecords, stepUs: longAgo });
    const note = readFileSync(at(`log/${checkpointPath(stamped)}`));
    mkdirSync(at(`timestamps/${stamped}`), { recursive: true });
    writeFileSync(at(`timestamps/${stamped}/anew.tsr`), stampOf(note));
    const { report } = await verify('--timestamp-ca', authority.certificateFile);
    expect(report.warnings.map(({ code }) => code)).toContain('timestamp-late');
  });
});

describe('time stamps in the archive', () => {
  const place = `timestamps/${stamped}/20261130T000000Z-01.tsr`;
  const put = (bytes: Uint8Array, object = place): void => {
    mkdirSync(join(at(object), '..'), { recursive: true });
    writeFileSync(at(object), bytes);
  };

  test('are checked with the rest, and are what openssl accepts', async () => {
    put(stampOf(noteOf(stamped)));
    expect(await codes()).toEqual({ code: 0, problems: [], warnings: [] });
    expect(authority.accepts(at(place), at(`log/checkpoints/${stamped}`))).toBe(true);
  });

  test('are named when they are altered, of another checkpoint, beyond the log, or no time stamps', async () => {
    const reply = stampOf(noteOf(stamped));
    put(reply.subarray(0, -1));
    expect(await codes()).toMatchObject({ code: 1, problems: ['timestamp-altered'] });
    put(stampOf(noteOf(1)));
    expect(await codes()).toMatchObject({ code: 1, problems: ['timestamp-mismatch'] });
    copyOf(original);
    put(reply, `timestamps/${blocks + 1}/x.tsr`);
    expect(await codes()).toMatchObject({ code: 1, problems: ['timestamp-beyond-log'] });
    copyOf(original);
    put(Buffer.from('x'), 'timestamps/notes.txt');
    expect(await codes()).toEqual({ code: 0, problems: [], warnings: ['unknown-file'] });
  });

  test('that are asked for and not there are told of', async () => {
    expect((await told('--timestamps')).text).toContain('There is no time stamp to check.');
    const nothing = await told('--timestamps', join(temporary, 'nowhere'));
    expect(nothing).toMatchObject({ code: 2 });
    expect(await told('--timestamp-ca', join(kept, 'checkpoint.txt'))).toMatchObject({ code: 2 });
  });
});

describe('the proof of one record', () => {
  async function proofFile(leaf = 1): Promise<string> {
    const [object] = original.blockObjects.slice(13);
    const split = splitBlockObject(readFileSync(join(original.folder, object ?? '')));
    if (!split.ok) throw new Error(split.code);
    const { version, block } = split.header;
    const opened = decodeBlockBody({ version, tenantId, blockNumber: block, body: split.body, key: dataKey });
    if (!opened.ok) throw new Error(opened.code);
    const built = await buildEventProof({
      payload: opened.payload,
      header: split.headerBytes,
      leaf,
      checkpoint: noteOf(stamped).toString(),
      read: async (path) => readFileSync(join(original.folder, 'log', path)),
    });
    if (!built.ok) throw new Error(built.code);
    const path = join(temporary, 'record.tlog-proof');
    writeFileSync(path, tlogProofOfEvent(built.proof) ?? '');
    return path;
  }
  async function judge(path: string, ...extra: string[]): Promise<{ code: number; text: string }> {
    let text = '';
    const write = { out: (part: string) => void (text += part), err: (part: string) => void (text += part) };
    const code = await run([path, '--key', verifierKey, ...extra], write);
    if (hasPython) {
      const { status, stdout } = spawnSync('python3', [independent, path, '--key', verifierKey]);
      expect(status === 0).toBe(code === 0);
      if (code === 0) expect(text).toContain(String(stdout).trimEnd());
    }
    return { code, text };
  }

  test('is checked with the verifier key alone, and shows the record', async () => {
    const path = await proofFile();
    const { code, text } = await judge(path);
    expect(code).toBe(0);
    expect(text).toContain('PROVEN');
    expect(text).toContain('block 13 line 1 ログ');
    expect(JSON.parse((await judge(path, '--json')).text)).toMatchObject({
      ok: true,
      block: 13,
      leaf: 1,
      size: stamped,
    });
  });

  test('does not hold with another record, index, hash or signature', async () => {
    const path = await proofFile();
    const text = readFileSync(path, 'utf8');
    const [first = '', extra = '', ...rest] = text.split('\n');
    const below = Buffer.from(extra.slice('extra '.length), 'base64').toString();
    const forged = Buffer.from(below.replace('line 1', 'line 2')).toString('base64');
    writeFileSync(path, [first, `extra ${forged}`, ...rest].join('\n'));
    const other = await judge(path);
    expect(other).toMatchObject({ code: 1 });
    expect(other.text).toContain('not the one that was sealed');
    expect(other.text).not.toContain('line 2');
    for (const [from, to] of [
      ['index 13', 'index 12'],
      ['\n18\n', '\n19\n'],
      ['extra ', 'extras '],
    ] as const) {
      writeFileSync(path, text.replace(from, to));
      expect((await judge(path)).code).toBeGreaterThan(0);
    }
  });
});
