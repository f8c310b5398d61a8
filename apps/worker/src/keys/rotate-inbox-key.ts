import type { AuditSender } from '@akashi/client';
import type { Database, TenantId } from '@akashi/database';
import { inboxKeysInUse } from '@akashi/inbox';
import type { Keyring } from '@akashi/keyring';

/** The inbox of this worker's node. */
export interface InboxPlace {
  readonly folder: string;
  readonly node: string;
}

export interface InboxKeyParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly keyring: Pick<Keyring, 'rotationOf'>;
  readonly trail: Pick<AuditSender, 'record'>;
  readonly inbox: InboxPlace;
  readonly now: () => Date;
}

const dayMs = 86_400_000;
/** Another node that is away for longer is taken out of service, and its disk with it. */
const nodesKnownMs = 30 * dayMs;
/** The newest key is written with; the one before may be, by a process that looked a moment earlier. */
const keysKept = 2;

export interface InboxKeyRotation {
  readonly added: string;
  readonly destroyed: readonly string[];
}

/**
 * Puts a new inbox key in use and destroys the old ones that no accepted batch needs any more. Where that cannot be told, the
 * keys stay until the next day: a batch that was accepted must not be lost.
 */
export async function rotateInboxKey(parts: InboxKeyParts, tenantId: TenantId): Promise<InboxKeyRotation> {
  const rotation = parts.keyring.rotationOf(tenantId);
  const record = (action: 'inbox-key.rotate' | 'inbox-key.destroy', id: string): Promise<unknown> =>
    parts.trail.record({
      tenantId,
      actor: { kind: 'system', id: 'key-rotation', name: 'Akashi' },
      origin: { address: 'worker' },
      event: { action, outcome: 'success', target: { kind: 'inbox-key', id }, details: {} },
    });
  const added = await rotation.addInboxKey();
  await record('inbox-key.rotate', added);
  const destroyed: string[] = [];
  const former = rotation.inboxKeyIds().slice(0, -keysKept);
  const used = former.length === 0 || (await mayLieElsewhere(parts, tenantId)) ? null : await usedHere(parts, tenantId);
  for (const id of used === null ? [] : former.filter((each) => !used.has(each))) {
    await record('inbox-key.destroy', id);
    await rotation.destroyInboxKey(id);
    destroyed.push(id);
  }
  return { added, destroyed };
}

function usedHere({ inbox }: InboxKeyParts, tenantId: TenantId): Promise<Set<string> | null> {
  return inboxKeysInUse(inbox.folder, tenantId);
}

/** Whether another node may have raw segments on its disk: some wait there, or it has been silent for a day. */
async function mayLieElsewhere({ database, inbox, now }: InboxKeyParts, tenantId: TenantId): Promise<boolean> {
  const nowMs = now().getTime();
  const nodes = await database.forTenant(tenantId).segments.nodesSince(new Date(nowMs - nodesKnownMs));
  return nodes.some(
    ({ node, newestAcceptedAt, rawSegments }) =>
      node !== inbox.node && (rawSegments > 0 || nowMs - newestAcceptedAt.getTime() > dayMs),
  );
}
