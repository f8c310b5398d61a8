import { execFile } from 'node:child_process';
import { createDecipheriv } from 'node:crypto';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zstdDecompressSync } from 'node:zlib';
import { openKeyring } from '@akashi/keyring';
import { Client } from 'pg';
import { cardNumberOf } from './line-ledger.ts';
import { ofTenant, sharedStream } from './oracle.ts';

interface Stores {
  readonly home: string;
  /** Where the tenants' evidence lies. */
  readonly archiveFolder: string;
  readonly tenantId: string;
  readonly databaseUrl: string;
  readonly opensearchUrl: string;
}

export interface ScanInput extends Omit<Stores, 'tenantId'> {
  readonly tenantIds: readonly string[];
  /** What is looked for. */
  readonly numbers: readonly string[];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Opens every block by the published format alone, so that the scan sees what the archive really keeps. */
export function decryptArchive(input: Pick<Stores, 'home' | 'archiveFolder' | 'tenantId'>, target: string): void {
  const dataKeys = openKeyring({ dir: join(input.home, 'keys') }).forTenant(input.tenantId);
  const blocks = join(input.archiveFolder, input.tenantId, 'blocks');
  for (const path of filesBelow(blocks)) {
    const object = readFileSync(path);
    const end = object.indexOf('\n\n');
    const header = new Map(
      object
        .subarray(0, end)
        .toString()
        .split('\n')
        .map((line) => line.split(': ') as [string, string]),
    );
    const body = object.subarray(end + 2);
    const { key } = dataKeys.dataKey(header.get('data-key') ?? '');
    const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, 12));
    // The first line names the format, 1 or 2: `akashi block v2`.
    const format = object.subarray(0, object.indexOf('\n')).toString();
    decipher.setAAD(Buffer.from(`${format}\n${header.get('tenant')}\n${header.get('block')}\n`));
    decipher.setAuthTag(body.subarray(-16));
    const compressed = Buffer.concat([decipher.update(body.subarray(12, -16)), decipher.final()]);
    writeFileSync(join(target, relative(blocks, path).replaceAll('/', '-')), zstdDecompressSync(compressed));
  }
}

/** Writes every row of every table as JSON: ledger, catalogue and queue. */
async function dumpDatabase(input: Pick<Stores, 'databaseUrl'>, target: string): Promise<void> {
  const client = new Client({ connectionString: input.databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${name} t`);
      writeFileSync(join(target, `${name}.json`), rows.rows.map(({ row }) => row).join('\n'));
    }
  } finally {
    await client.end();
  }
}

export async function dumpIndex(input: Pick<Stores, 'tenantId' | 'opensearchUrl'>, target: string): Promise<void> {
  let after: unknown;
  for (let page = 0; ; page += 1) {
    const answer = await fetch(`${input.opensearchUrl}/${sharedStream}/_search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        size: 5_000,
        query: ofTenant(input.tenantId),
        sort: [{ 'akashi.segment': 'asc' }, { 'akashi.position': 'asc' }],
        ...(after === undefined ? {} : { search_after: after }),
      }),
    });
    const text = await answer.text();
    writeFileSync(join(target, `index-${page}.json`), text);
    const { hits } = JSON.parse(text) as { hits: { hits: { sort: unknown }[] } };
    after = hits.hits.at(-1)?.sort;
    if (after === undefined) return;
  }
}

/** The numbers in the lines that a load offered. */
export function offeredNumbers(offered: number): string[] {
  return Array.from({ length: Math.ceil(offered / 10) }, (_, index) => cardNumberOf(index * 10));
}

/**
 * Looks for every card number that was sent in all stores: archive (opened), database, index documents, and every file
 * below the installation's folder as it lies there. Gives how many places hold one.
 */
export async function scanForCardNumbers(input: ScanInput): Promise<{ places: string[]; files: number }> {
  const work = mkdtempSync(join(tmpdir(), 'akashi-scan-'));
  try {
    const opened = join(work, 'opened');
    mkdirSync(opened);
    await dumpDatabase(input, opened);
    for (const tenantId of input.tenantIds) {
      const own = join(opened, tenantId);
      mkdirSync(own);
      decryptArchive({ ...input, tenantId }, own);
      await dumpIndex({ ...input, tenantId }, own);
    }
    const numbers = join(work, 'numbers');
    writeFileSync(numbers, input.numbers.join('\n'));
    const isInside = input.archiveFolder.startsWith(`${input.home}/`);
    const folders = isInside ? [input.home] : [input.home, input.archiveFolder];
    const script = fileURLToPath(new URL('./scan_card_numbers.py', import.meta.url));
    const report = await new Promise<string>((resolve, reject) => {
      execFile('python3', [script, numbers, opened, ...folders], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
        if (stdout === '') reject(error ?? new Error('the scan printed nothing'));
        else resolve(stdout);
      });
    });
    const { files, found } = JSON.parse(report) as { files: number; found: { file: string }[] };
    return { files, places: found.map(({ file }) => file) };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
