import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCheckpoint } from '@akashi/integrity';
import { cosignaturesOf, parseCosignerKey, type CosignerKey } from '@akashi/integrity/witness';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeLog } from './log.fixtures.ts';
import { openWitness, type OpenedWitness } from './open-witness.ts';
import { Witness } from './witness.ts';
import { WitnessMemory } from './witness-memory.ts';

// Real: the disk, HTTP. Nothing is simulated but the forking operator.
const origin = 'akashi.installation/0123456789abcdef';
const log = makeLog(origin, 3);
let home: string;
let opened: OpenedWitness;
let url: string;

async function start(): Promise<void> {
  const logsFile = join(home, 'logs.txt');
  writeFileSync(logsFile, `log ${log.vkey}\n`);
  opened = await openWitness({
    home: join(home, 'witness'),
    name: 'witness.example/akashi',
    logsFile,
    now: () => new Date('2026-12-01T00:00:00Z'),
    tell: (fault) => {
      throw fault;
    },
  });
  await new Promise<void>((resolve) => opened.server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(opened.server.address() as AddressInfo).port}/add-checkpoint`;
}

async function stop(): Promise<void> {
  opened.server.closeAllConnections();
  await new Promise((resolve) => opened.server.close(resolve));
  opened.release();
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'akashi-witness-'));
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(home, { recursive: true });
});

async function post(body: string): Promise<{ status: number; type: string | null; text: string }> {
  const answer = await fetch(url, { method: 'POST', body });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

const keys = (): CosignerKey[] => opened.vkeys.map(parseCosignerKey).filter((key) => key !== null);

function cosigned(note: string, lines: string): number {
  const parsed = parseCheckpoint(`${note}${lines}`);
  return parsed.ok ? cosignaturesOf(parsed.checkpoint, keys()).length : 0;
}

const refused = (): string[] =>
  readdirSync(join(home, 'witness', 'logs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(home, 'witness', 'logs', name), 'utf8'));

describe('a witness', () => {
  it('cosigns what goes on from the last, with both of its keys', async () => {
    const first = await post(log.request(0, 3));
    expect(first.status).toBe(200);
    expect(cosigned(log.note(3), first.text)).toBe(2);
    const next = await post(log.request(3, 8));
    expect(next.status).toBe(200);
    expect(cosigned(log.note(8), next.text)).toBe(2);
    expect(cosigned(log.note(8, 'x'), next.text)).toBe(0);
    // The same head again: a cosignature of today says that it is still the largest.
    expect((await post(log.request(8, 8))).status).toBe(200);
  });

  it('tells a client that is behind where it stands', async () => {
    await post(log.request(0, 5));
    const answer = await post(log.request(3, 8));
    expect(answer).toEqual({ status: 409, type: 'text/x.tlog.size', text: '5\n' });
    // A log that was cut short is nothing that it ever cosigns again.
    expect(await post(log.request(0, 4))).toMatchObject({ status: 409, text: '5\n' });
  });

  it('refuses a fork and keeps the request as evidence', async () => {
    await post(log.request(0, 5));
    const same = log.request(5, 5, 'x');
    expect(await post(same)).toMatchObject({ status: 409, text: '5\n' });
    const longer = log.request(5, 9, 'x');
    expect((await post(longer)).status).toBe(422);
    expect(refused().sort()).toEqual([same, longer].sort());
    expect((await post(log.request(5, 9))).status).toBe(200);
  });

  it('refuses what is not of a log that it knows, or not signed by it', async () => {
    expect((await post(makeLog('akashi.installation/another').request(0, 3))).status).toBe(404);
    expect((await post(makeLog(origin).request(0, 3))).status).toBe(403);
    expect((await post(log.request(0, 3).replace('old 0', 'old 4'))).status).toBe(400);
    expect((await post('old 0\n')).status).toBe(400);
    expect((await post('x'.repeat(200 * 1024))).status).toBe(413);
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(url.replace('add-checkpoint', 'elsewhere'), { method: 'POST' })).status).toBe(404);
  });

  it('remembers over a restart, with the same keys, for its owner alone', async () => {
    await post(log.request(0, 5));
    const before = opened.vkeys;
    await stop();
    await start();
    expect(opened.vkeys).toEqual(before);
    expect(await post(log.request(0, 5, 'x'))).toMatchObject({ status: 409, text: '5\n' });
    expect((await post(log.request(5, 7, 'x'))).status).toBe(422);
    for (const name of ['ed25519.pem', 'ml-dsa-44.pem']) {
      expect(statSync(join(home, 'witness', name)).mode & 0o077).toBe(0);
    }
  });

  it('is one process: another one on the same folder does not start', async () => {
    const logsFile = join(home, 'logs.txt');
    const again = { home: join(home, 'witness'), name: 'w', logsFile, now: () => new Date(), tell: () => undefined };
    await expect(openWitness(again)).rejects.toThrow('Another witness runs on');
  });

  it('answers nothing when what it remembers cannot be read', async () => {
    await post(log.request(0, 5));
    const [folder = ''] = readdirSync(join(home, 'witness', 'logs'));
    writeFileSync(join(home, 'witness', 'logs', folder, 'checkpoint'), 'gone');
    const witness = new Witness({
      logKeys: [log.vkey],
      cosigners: [],
      memory: new WitnessMemory(join(home, 'witness')),
      now: () => new Date(),
    });
    await expect(witness.addCheckpoint(log.request(0, 5))).rejects.toThrow('not readable');
  });
});

describe('requests at one moment', () => {
  it('never cosign a smaller tree after a larger one, nor two histories', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ size: fc.integer({ min: 1, max: 9 }), branch: fc.constantFrom('', 'x') }), {
          minLength: 2,
          maxLength: 8,
        }),
        async (wishes) => {
          let held: string | null = null;
          const order: string[] = [];
          const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
          const witness = new Witness({
            logKeys: [log.vkey],
            cosigners: [],
            // Each step lets the others run, which is where the race of the specification lies.
            memory: {
              lastCosigned: async () => {
                await pause();
                return held;
              },
              remember: async (_origin, note) => {
                await pause();
                held = note;
                order.push(note);
              },
              keepRefused: pause,
            },
            now: () => new Date(0),
          });
          const answers = await Promise.all(
            wishes.map(({ size, branch }) => witness.addCheckpoint(log.request(0, size, branch))),
          );
          // All of them say that nothing was cosigned before: one of them at most is right.
          expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
          expect(order).toHaveLength(1);
        },
      ),
      { numRuns: 30 },
    );
  });
});
