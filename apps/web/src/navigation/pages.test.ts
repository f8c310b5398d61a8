import { permissionsOf, roles } from '@akashi/policy';
import { describe, expect, it } from 'vitest';
import type { Session } from '../session/session.ts';
import { homeOf, pageAt, pageIds, pages, pagesOf } from './pages.ts';

const sessionOf = (role: string) =>
  ({
    user: { role },
    permissions: permissionsOf(role),
    ownsReviewItems: false,
    waitingApprovals: 0,
    openIncidents: 0,
  }) as unknown as Session;

describe('pages', () => {
  it('have one entry each, with a path of their own', () => {
    expect(pages.map(({ id }) => id).toSorted()).toEqual([...pageIds].toSorted());
    expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
  });

  const homes: Readonly<Record<string, string>> = {
    'platform-operator': '/platform',
    reviewer: '/reviews',
    approver: '/reviews?tab=approvals',
  };

  it.each(roles)('begin with the one that a %s works on', (role) => {
    expect(homeOf(sessionOf(role))).toBe(homes[role] ?? '/explorer');
  });

  it('begin with what is broken for an administrator, while something is', () => {
    expect(homeOf({ ...sessionOf('tenant-admin'), openIncidents: 2 })).toBe('/incidents');
    expect(homeOf({ ...sessionOf('viewer'), openIncidents: 2 })).toBe('/explorer');
  });

  it('leave one’s own settings to the user menu', () => {
    expect(
      pagesOf(sessionOf('viewer'))
        .filter(({ part }) => part === null)
        .map(({ id }) => id),
    ).toEqual(['profile']);
  });

  it.each([
    ['/access', 'access'],
    ['/access/groups/42', 'access'],
    ['/access/reviews/42', 'reviews'],
    ['/reviews/2026-11-20', 'log-reviews'],
    ['/access/approvals', 'approvals'],
    ['/accessories', undefined],
  ])('say which of them %s belongs to', (path, id) => {
    expect(pageAt(path, pages)?.id).toBe(id);
  });
});
