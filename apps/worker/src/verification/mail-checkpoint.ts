import { keepCheckpoint, type Archive } from '@akashi/archive';
import { contact } from '@akashi/contracts';
import type { Database, TenantId } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import { checkpointMessage, type Mailer } from '@akashi/notify';
import { administratorsOf, type MailReader } from '../accounts/administrators.ts';

export interface CheckpointMailParts {
  readonly database: Database;
  readonly archive: Pick<Archive, 'forTenant'>;
  readonly keyring: Pick<Keyring, 'forTenant'>;
  readonly mailer: Pick<Mailer, 'send'>;
}

/** The calendar day of a moment, `yyyy-mm-dd`. */
function dayIn(timeZone: string, moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
}

/** The contacts for security, else all contacts, else whoever administers the organisation. */
async function readersOf(database: Database, tenantId: TenantId, contacts: unknown): Promise<MailReader[]> {
  const parsed = contact.array().safeParse(contacts);
  const people = parsed.success ? parsed.data : [];
  const security = people.filter(({ purpose }) => purpose === 'security');
  const chosen = security.length > 0 ? security : people;
  if (chosen.length > 0) return chosen.map(({ name, email }) => ({ name, address: email }));
  return administratorsOf(database.forTenant(tenantId));
}

/**
 * Mails the checkpoint of a day (`yyyy-mm-dd`, of the organisation) to its contacts, so that a copy is where nobody who runs
 * the installation can reach it. Answers false when nothing was proven on that day yet. Throws what the mail server said.
 */
export async function mailCheckpoint(parts: CheckpointMailParts, tenantId: TenantId, day: string): Promise<boolean> {
  const tenant = parts.database.forTenant(tenantId);
  const held = await tenant.heldCheckpoints.get();
  const { language, nameJa, nameEn, timeZone, contacts } = await tenant.organisation.get();
  if (held === null || dayIn(timeZone, held.provenAt) !== day) return false;
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
  for (const reader of await readersOf(parts.database, tenantId, contacts)) await parts.mailer.send(reader, message);
  return true;
}
