import { randomBytes, randomUUID } from 'node:crypto';
import type { Database, TenantId } from '@akashi/database';
import { hashPassword, newTotpSecret } from '@akashi/identity';
import type { Keyring } from '@akashi/keyring';
import type { InstallationClock } from '../local/moved-clock.ts';

/** A person of the demonstration, with everything that signing in takes. */
export interface DemoUser {
  readonly email: string;
  readonly password: string;
  /** Base32, as authenticator apps take it. */
  readonly totpSecret: string;
  readonly role: string;
  readonly groups: readonly string[];
}

export interface NewDemoPerson {
  readonly email: string;
  readonly displayName: string;
  readonly role: string;
  readonly groups: readonly string[];
  readonly language: 'ja' | 'en';
}

const auditorDays = 365;

/** Four groups of letters and digits: easy to type, 80 bits. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const groups = Array.from({ length: 4 }, () =>
    [...randomBytes(4)].map((byte) => letters[byte % letters.length]).join(''),
  );
  return `${groups.join('-')}-7k`;
}

/** Makes the person with a new password and a confirmed authenticator. An auditor's account ends after a year. */
export async function putPerson(
  parts: { database: Database; keyring: Keyring; clock: Pick<InstallationClock, 'now'> },
  tenantId: TenantId,
  person: NewDemoPerson,
): Promise<DemoUser> {
  const { email, displayName, role, groups, language } = person;
  const password = newPassword();
  const totpSecret = newTotpSecret();
  const { users, factors } = parts.database.forTenant(tenantId);
  const accessUntil = role === 'auditor' ? new Date(parts.clock.now().getTime() + auditorDays * 86_400_000) : null;
  const passwordHash = await hashPassword(password);
  const userId = await users.put({ email, displayName, role, language, passwordHash, accessUntil });
  const id = randomUUID();
  const sealedSecret = parts.keyring.forTenant(tenantId).secrets.seal({ purpose: 'totp', id }, totpSecret);
  await factors.begin(userId, { id, name: 'Demonstration', sealedSecret });
  await factors.confirm(userId, id, 0);
  return { email, password, totpSecret, role, groups };
}
