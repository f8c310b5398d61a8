import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database, NewTenant, Tenant, TenantDatabase } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';

export interface TestTenant {
  tenant: Tenant;
  database: TenantDatabase;
  /** May write to any log group. */
  ingestKey: string;
  /** May read any log group, the product's own included. */
  apiKey: string;
}

const newKey = (prefix: string): string => `${prefix}_${randomBytes(24).toString('base64url')}`;

/** Hash under which a key is stored. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** An organisation with a key of each kind and, given a keyring, its own encryption and signing keys. */
export async function createTestTenant(parts: {
  database: Database;
  keyring?: Keyring;
  kind?: NewTenant['kind'];
}): Promise<TestTenant> {
  const tenant = await parts.database.platform.createTenant({
    slug: `test-${randomUUID()}`,
    ...(parts.kind === undefined ? {} : { kind: parts.kind }),
    nameJa: '試験商店',
    nameEn: 'Test Shop',
    timeZone: 'Asia/Tokyo',
    language: 'ja',
  });
  await parts.keyring?.createTenantKeys(tenant.id);
  const database = parts.database.forTenant(tenant.id);
  const [ingestKey, apiKey] = [newKey('aki'), newKey('aka')];
  await database.accessKeys.put({ kind: 'ingest', name: 'test', sha256: hashKey(ingestKey), logGroups: ['*'] });
  await database.accessKeys.put({ kind: 'api', name: 'test', sha256: hashKey(apiKey), logGroups: ['*', 'akashi/*'] });
  return { tenant, database, ingestKey, apiKey };
}
