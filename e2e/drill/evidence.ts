import type { KeyObject } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyring } from '@akashi/keyring';
import { Client } from 'pg';
import { repositoryRoot } from '../installation/installation.ts';
import type { DrillInstallation } from './drill-installation.ts';
import { runCommand } from './run-command.ts';

export interface Finding {
  readonly code: string;
  readonly where: string;
}

/** A tenant's evidence and how to attack and judge it. */
export class Evidence {
  readonly installation: DrillInstallation;

  constructor(installation: DrillInstallation) {
    this.installation = installation;
  }

  get folder(): string {
    return join(this.installation.archiveFolder, this.installation.tenant.id);
  }

  get #dataKeyFile(): string {
    const keys = join(this.installation.running.home, 'keys', 'tenants', this.installation.tenant.id, 'data');
    return join(keys, readdirSync(keys)[0] ?? '');
  }

  signingKey(): KeyObject {
    const keyring = openKeyring({ dir: join(this.installation.running.home, 'keys') });
    return keyring.forTenant(this.installation.tenant.id).signingKey();
  }

  /** A copy to spoil. */
  async withCopy<T>(use: (copy: string) => Promise<T>): Promise<T> {
    const work = mkdtempSync(join(tmpdir(), 'akashi-tamper-'));
    try {
      const copy = join(work, 'archive');
      cpSync(this.folder, copy, { recursive: true });
      return await use(copy);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }

  /** The offline verifier and the independent checker, both without network or database. */
  async verifyOffline(folder: string, since?: string): Promise<{ verifier: number; checker: number; output: string }> {
    const key = this.installation.tenant.verifierKey;
    const held = since === undefined ? [] : ['--since', since];
    const launcher = join(repositoryRoot, 'apps', 'verifier', 'bin', 'akashi-verify.mjs');
    const verifier = await runCommand('unshare', [
      '--net',
      process.execPath,
      launcher,
      folder,
      '--key',
      key,
      '--data-key',
      this.#dataKeyFile,
      '--json',
      ...held,
    ]);
    const script = join(repositoryRoot, 'e2e', 'verify', 'check_archive.py');
    const checker = await runCommand('python3', [script, folder, '--key', key, ...held]);
    return { verifier: verifier.code, checker: checker.code, output: verifier.stdout };
  }

  /** The online verification: archive, ledger and index. */
  async verifyOnline(): Promise<Finding[]> {
    const { stdout } = await this.operator('verify-now.js');
    return (JSON.parse(stdout) as { findings: Finding[] }).findings;
  }

  async rebuildIndex(): Promise<void> {
    await this.operator('rebuild-now.js');
  }

  async withLedger<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.installation.databaseUrl });
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  }

  /** An operator's program of the worker, for this organisation. */
  operator(
    script: string,
    { args = [], env = {} }: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
  ): ReturnType<typeof runCommand> {
    const { installation } = this;
    return runCommand(
      process.execPath,
      [join(repositoryRoot, 'apps', 'worker', 'dist', script), '--tenant', installation.tenant.id, ...args],
      {
        AKASHI_HOME: installation.running.home,
        PORT_BASE: String(installation.running.portBase),
        DATABASE_URL: installation.databaseUrl,
        OPENSEARCH_URL: installation.opensearchUrl,
        ...installation.archiveEnv,
        ...env,
      },
    );
  }
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
