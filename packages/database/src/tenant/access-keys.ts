import { randomUUID } from 'node:crypto';
import type { RunPrisma } from '../scoped-transaction.ts';

export interface AccessKey {
  id: string;
  kind: 'ingest' | 'api';
  name: string;
  logGroups: string[];
  addressRanges: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export interface NewAccessKey {
  kind: 'ingest' | 'api';
  name: string;
  /** SHA-256 of the key. The key itself never reaches the database. */
  sha256: Buffer;
  logGroups: string[];
  addressRanges?: string[];
  expiresAt?: Date | null;
}

export interface AccessKeys {
  /** Adds the key, or gives the key of this kind and name another secret and scope. Answers its id. */
  put(key: NewAccessKey): Promise<string>;
  list(): Promise<AccessKey[]>;
  revoke(id: string): Promise<void>;
}

export function accessKeys(run: RunPrisma, tenantId: string): AccessKeys {
  return {
    put: (key) =>
      run(async (client) => {
        const values = { ...key, sha256: new Uint8Array(key.sha256), expiresAt: key.expiresAt ?? null };
        const row = await client.accessKey.upsert({
          where: { tenantId_kind_name: { tenantId, kind: key.kind, name: key.name } },
          create: { ...values, id: randomUUID(), tenantId },
          update: { ...values, revokedAt: null },
        });
        return row.id;
      }),
    list: () =>
      run(async (client) => {
        const rows = await client.accessKey.findMany({
          omit: { sha256: true, tenantId: true },
          orderBy: { name: 'asc' },
        });
        return rows.map((row) => ({ ...row, kind: row.kind === 'api' ? 'api' : 'ingest' }));
      }),
    revoke: (id) =>
      run(async (client) => {
        await client.accessKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
      }),
  };
}
