import { expect, it } from 'vitest';
import { checkRole, isLastAdministrator } from './member-rules.ts';

const now = new Date('2026-11-22T00:00:00Z');
const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

it('gives an auditor an end, and nobody one that has passed', () => {
  const check = (role: string, accessUntil: Date | null) => () => checkRole('customer', { role, accessUntil }, now);
  expect(check('viewer', null)).not.toThrow();
  expect(check('viewer', inDays(0))).toThrow(/future/);
  expect(check('auditor', null)).toThrow(/ends within/);
  expect(check('auditor', inDays(400))).toThrow(/ends within/);
  expect(check('auditor', inDays(30))).not.toThrow();
});

it('keeps the installation’s operators apart from an organisation’s people', () => {
  expect(() => checkRole('customer', { role: 'platform-operator', accessUntil: null }, now)).toThrow(/role/);
  expect(() => checkRole('platform', { role: 'tenant-admin', accessUntil: null }, now)).toThrow(/role/);
  expect(() => checkRole('platform', { role: 'platform-operator', accessUntil: null }, now)).not.toThrow();
});

it('knows the last administrator', () => {
  const admin = { role: 'tenant-admin', disabledAt: null, accessUntil: null };
  const members = [
    { ...admin, id: 'a' },
    { ...admin, id: 'b', disabledAt: now },
    { ...admin, id: 'c', role: 'viewer' },
    { ...admin, id: 'd', accessUntil: inDays(-1) },
  ];
  expect(isLastAdministrator(members, 'a', now)).toBe(true);
  expect(isLastAdministrator(members, 'c', now)).toBe(false);
  expect(isLastAdministrator([...members, { ...admin, id: 'e' }], 'a', now)).toBe(false);
});
