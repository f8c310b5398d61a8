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
  /** Who answers for both keys: may read any log group, cannot sign in. */
  keyHolderId: string;
}

const newKey = (prefix: string): string => `${prefix}_${randomBytes(24).toString('base64url')}`;

/** Hash under which a key is stored. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Somebody who may read every log group and cannot sign in: who answers for the keys of a tenant without people. */
export async function addKeyHolder(database: TenantDatabase): Promise<string> {
  const userId = await database.users.put({
    email: `${randomUUID()}@keys.example.jp`,
    displayName: 'Key holder',
    role: 'auditor',
    language: 'en',
    passwordHash: null,
  });
  const groupId = await database.accessGroups.create({ name: `keys ${userId}`, description: '', ownerId: null });
  if (groupId === null) throw new Error('the name is taken');
  await database.accessGroups.addMember({ groupId, userId, by: null });
  await database.accessGrants.create({
    groupId,
    logGroups: ['*', 'akashi/*'],
    logStreams: [],
    sources: [],
    rowFilter: null,
    hiddenFields: [],
    validTo: null,
    reason: 'test',
    approvedBy: 'test',
    createdBy: null,
  });
  return userId;
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
  const keyHolderId = await addKeyHolder(database);
  const holder = { name: 'test', responsibleId: keyHolderId };
  await database.accessKeys.put({ ...holder, kind: 'ingest', sha256: hashKey(ingestKey), logGroups: ['*'] });
  await database.accessKeys.put({ ...holder, kind: 'api', sha256: hashKey(apiKey), logGroups: ['*', 'akashi/*'] });
  return { tenant, database, ingestKey, apiKey, keyHolderId };
}
