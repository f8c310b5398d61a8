import { expect, it } from 'vitest';
import { decideExpiry } from './access-key-limits.ts';

const now = new Date('2026-11-22T00:00:00Z');
const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

it('lets no API key live for ever, and none begin ended', () => {
  expect(decideExpiry('api', undefined, now)).toEqual({ ok: true, expiresAt: inDays(90) });
  expect(decideExpiry('api', null, now)).toEqual({ ok: true, expiresAt: inDays(90) });
  expect(decideExpiry('api', inDays(365), now)).toEqual({ ok: true, expiresAt: inDays(365) });
  expect(decideExpiry('api', inDays(366), now)).toEqual({ ok: false, maxDays: 365 });
  expect(decideExpiry('ingest', undefined, now)).toEqual({ ok: true, expiresAt: null });
  expect(decideExpiry('ingest', inDays(4000), now)).toEqual({ ok: true, expiresAt: inDays(4000) });
  expect(decideExpiry('ingest', now, now).ok).toBe(false);
});
