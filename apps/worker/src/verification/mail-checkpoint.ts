import { keepCheckpoint, type Archive } from '@akashi/archive';
import { contact } from '@akashi/contracts';
import type { Database, TenantId } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import { checkpointMessage, type Mailer } from '@akashi/notify';

export interface CheckpointMailParts {
  readonly database: Database;
  readonly archive: Pick<Archive, 'forTenant'>;
  readonly keyring: Pick<Keyring, 'forTenant'>;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly now: () => Date;
}

/** A mail server that is away is asked again after this. */
const retryAfterMs = 15 * 60_000;

/** The calendar day of a moment, `yyyy-mm-dd`. */
function dayIn(timeZone: string, moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
}

interface Reader {
  readonly name: string;
  readonly address: string;
}

/** The contacts for security, else all contacts, else whoever administers the organisation. */
async function readersOf(database: Database, tenantId: TenantId, contacts: unknown): Promise<Reader[]> {
  const parsed = contact.array().safeParse(contacts);
  const people = parsed.success ? parsed.data : [];
  const security = people.filter(({ purpose }) => purpose === 'security');
  const chosen = security.length > 0 ? security : people;
  if (chosen.length > 0) return chosen.map(({ name, email }) => ({ name, address: email }));
  const users = await database.forTenant(tenantId).users.list();
  return users
    .filter(({ role, disabledAt }) => role === 'tenant-admin' && disabledAt === null)
    .map(({ displayName, email }) => ({ name: displayName, address: email }));
}

/**
 * Mails the day's checkpoint to an organisation's contacts, so that a copy is where nobody who runs the installation can
 * reach it: once on each day of the organisation on which something was proven. Throws what the mail server said; the
 * next call after a quarter of an hour tries again.
 */
export async function mailCheckpoint(parts: CheckpointMailParts, tenantId: TenantId): Promise<void> {
  const tenant = parts.database.forTenant(tenantId);
  const held = await tenant.heldCheckpoints.get();
  if (held === null) return;
  const { language, nameJa, nameEn, timeZone, contacts, kind, status } = await tenant.organisation.get();
  const now = parts.now();
  const day = dayIn(timeZone, now);
  if (kind !== 'customer' || status === 'closed' || dayIn(timeZone, held.provenAt) !== day) return;
  const readers = await readersOf(parts.database, tenantId, contacts);
  if (readers.length === 0 || !(await tenant.checkpointMails.claim(day, { now, retryAfterMs }))) return;
  await keepCheckpoint(parts.archive.forTenant(tenantId), held.note);
  const isJapanese = language === 'ja';
  const message = checkpointMessage({
    language: isJapanese ? 'ja' : 'en',
    organisationName: isJapanese ? nameJa : nameEn,
    size: held.size,
    note: held.note,
    verifierKey: parts.keyring.forTenant(tenantId).verifierKey(),
    provenAt: held.provenAt,
    timeZone,
  });
  for (const reader of readers) await parts.mailer.send(reader, message);
  await tenant.checkpointMails.markSent(day, parts.now());
}
