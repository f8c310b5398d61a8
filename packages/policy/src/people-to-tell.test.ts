import { expect, it } from 'vitest';
import { peopleToTell } from './people-to-tell.ts';

const contact = (name: string, purpose: string) => ({ name, email: `${name}@example.jp`, purpose });
const person = (name: string, role: string, disabledAt: Date | null = null) => ({
  displayName: name,
  email: `${name}@example.jp`,
  role,
  disabledAt,
});
const people = [person('sato', 'tenant-admin'), person('gone', 'tenant-admin', new Date(0)), person('ito', 'viewer')];

it('tells the contacts for security, else all contacts, else the administrators', () => {
  const names = (contacts: ReturnType<typeof contact>[], all = people) =>
    peopleToTell(contacts, all).map(({ name }) => name);
  expect(names([contact('a', 'security'), contact('b', 'billing')])).toEqual(['a']);
  expect(names([contact('b', 'billing'), contact('c', 'operations')])).toEqual(['b', 'c']);
  expect(names([])).toEqual(['sato']);
  expect(names([], [person('op', 'platform-operator'), person('aud', 'auditor')])).toEqual(['op']);
});
