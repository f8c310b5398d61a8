import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCheckpoint } from '@akashi/integrity';
import { cosignaturesOf, parseCosignerKey } from '@akashi/integrity/witness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLitewitness, startLitewitness, type ForeignWitness } from './litewitness.fixtures.ts';
import { makeLog } from './log.fixtures.ts';

// Real: litewitness, with its own store and key. It decides what our requests and keys are worth.
const origin = 'akashi.installation/0123456789abcdef';
const log = makeLog(origin, 3);
const found = await findLitewitness();
if ('missing' in found) process.stderr.write(`skipped: ${found.missing}\n`);

let home: string;
let witness: ForeignWitness;

async function post(body: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body });
  return { status: answer.status, text: await answer.text() };
}

describe.skipIf('missing' in found)('litewitness', () => {
  beforeAll(async () => {
    if ('missing' in found) return;
    home = mkdtempSync(join(tmpdir(), 'akw-'));
    witness = await startLitewitness(found, { home, origin, logKey: log.vkey });
  });

  afterAll(() => {
    witness.close();
    rmSync(home, { recursive: true });
  });

  it('cosigns our requests, and we read its key and its cosignature', async () => {
    const key = parseCosignerKey(witness.vkey);
    if (key === null) throw new Error(`not a key: ${witness.vkey}`);
    for (const [oldSize, size] of [
      [0, 5],
      [5, 300],
    ] as const) {
      const { status, text } = await post(log.request(oldSize, size));
      expect(status, text).toBe(200);
      const parsed = parseCheckpoint(`${log.note(size)}${text}`);
      if (!parsed.ok) throw new Error(parsed.code);
      expect(cosignaturesOf(parsed.checkpoint, [key])).toHaveLength(1);
    }
  });

  it('refuses a fork, and says where it stands', async () => {
    expect(await post(log.request(0, 4))).toMatchObject({ status: 409, text: '300\n' });
    expect((await post(log.request(300, 301, 'x'))).status).toBe(422);
  });
});
