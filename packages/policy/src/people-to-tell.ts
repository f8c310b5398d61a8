interface Contact {
  readonly name: string;
  readonly email: string;
  readonly purpose: string;
}

interface Person {
  readonly displayName: string;
  readonly email: string;
  readonly role: string;
  readonly disabledAt: Date | null;
}

export interface PersonToTell {
  readonly name: string;
  readonly address: string;
}

const responsibleRoles: ReadonlySet<string> = new Set(['tenant-admin', 'platform-operator']);

/** The contacts for security, else all contacts, else whoever administers the organisation. */
export function peopleToTell(contacts: readonly Contact[], people: readonly Person[]): PersonToTell[] {
  const security = contacts.filter(({ purpose }) => purpose === 'security');
  const chosen = security.length > 0 ? security : contacts;
  if (chosen.length > 0) return chosen.map(({ name, email }) => ({ name, address: email }));
  return people
    .filter(({ role, disabledAt }) => responsibleRoles.has(role) && disabledAt === null)
    .map(({ displayName, email }) => ({ name: displayName, address: email }));
}
