import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SealedBlock } from '@akashi/verify';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { dataKey, dataKeyId, verifierKey, writeArchive, type WrittenArchive } from './archive.fixtures.ts';
import { run } from './run.ts';

export interface Report {
  ok: boolean;
  tenant: string;
  size: number;
  root: string | null;
  blocks: number;
  records: number;
  statements: number;
  pruned: { blocks: number; records: number; statements: number; firstBlock: number | null };
  problems: { code: string; object: string; block?: number; leaf?: number; detail: string }[];
  warnings: { code: string; object: string; detail: string }[];
  sealed?: SealedBlock[];
}

export const blocks = 24;
/** Enough for full tiles and a second level. */
export const manyBlocks = 270;
/** Checkpoints of version 2 that somebody outside has. */
const handedOut = [18];
/** The largest size under which the smaller archive keeps a checkpoint. */
export const lastKept = 18;
export const blockMinutes = 60_000_000;
export let temporary = '';
export let original: WrittenArchive;
export let large: WrittenArchive;
export let folder = '';
export let dataKeyFile = '';

/** Archives to alter, for the tests of this file: every test begins with a fresh copy of the smaller one. */
export function prepareArchives(): void {
  // Thousands of small files on a busy disk.
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
  beforeAll(() => {
    temporary = mkdtempSync(join(tmpdir(), 'akashi-verify-'));
    original = writeArchive(join(temporary, 'original'), { blocks, handedOut });
    large = writeArchive(join(temporary, 'large'), { blocks: manyBlocks, handedOut: [...handedOut, 259] });
    dataKeyFile = join(temporary, 'data-key.txt');
    writeFileSync(dataKeyFile, `akashi-data-key ${dataKeyId} ${dataKey.toString('base64')}\n`);
  });
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));
  beforeEach(() => copyOf(original));
}

/** From here to the end of the test the archive is elsewhere. */
export function verifyAt(path: string): void {
  folder = path;
}

export function copyOf(archive: WrittenArchive): void {
  folder = join(temporary, 'copy');
  rmSync(folder, { recursive: true, force: true });
  cpSync(archive.folder, folder, { recursive: true });
}

export async function verify(...extra: string[]): Promise<{ code: number; report: Report }> {
  let output = '';
  const write = { out: (text: string) => void (output += text), err: (text: string) => void (output += text) };
  const code = await run([folder, '--key', verifierKey, '--json', ...extra], write);
  return { code, report: JSON.parse(output) as Report };
}

/** What a person reads. */
export async function verifyText(language: 'en' | 'ja'): Promise<string> {
  let output = '';
  const write = { out: (text: string) => void (output += text), err: (text: string) => void (output += text) };
  await run([folder, '--key', verifierKey, '--lang', language], write);
  return output;
}

export const withRecords = (): string[] => ['--data-key', dataKeyFile];
export const at = (object: string): string => join(folder, object);
export const read = (object: string): Buffer => readFileSync(at(object));
export const objectOf = (block: number): string => large.blockObjects[block] ?? '';
export const found = (report: Report) => report.problems.map(({ code, object, block }) => ({ code, object, block }));

export function flip(object: string, byte: number, bit = 0): void {
  const bytes = read(object);
  const place = byte < 0 ? bytes.length + byte : byte;
  bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
  writeFileSync(at(object), bytes);
}
