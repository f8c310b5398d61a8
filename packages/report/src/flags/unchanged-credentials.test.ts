import { expect, it } from 'vitest';
import { at, reportNamed } from '../report.fixtures.ts';
import { unchangedCredentials, type KnownAccount } from './unchanged-credentials.ts';

const dayMs = 86_400_000;
const person = { id: 'yamada', name: '山田', certainty: 'certain' } as const;
const accounts: KnownAccount[] = ['taro', 'Hanako', 'jiro'].map((account) => ({ system: 'db01', account, person }));
const until = at('23:59');

it('tells of accounts that the masters know and nobody changed', () => {
  const given = { accounts, changed: new Set(['hanako']), searchableSinceMs: until - 91 * dayMs, periodEndMs: until };
  const rows = unchangedCredentials(reportNamed('password-changes'), given);
  expect(rows.map(({ user, host, eventId }) => [user, host, eventId])).toEqual([
    ['jiro', 'db01', null],
    ['taro', 'db01', null],
  ]);
  expect(rows[0]?.flags).toEqual([{ kind: 'unchanged-credential', details: { days: 90 } }]);
});

it('says nothing where the logs do not reach back so far, or no rule asks', () => {
  const given = { accounts, changed: new Set<string>(), searchableSinceMs: until - 89 * dayMs, periodEndMs: until };
  expect(unchangedCredentials(reportNamed('password-changes'), given)).toEqual([]);
  expect(unchangedCredentials(reportNamed('log-access'), { ...given, searchableSinceMs: 0 })).toEqual([]);
});
