import { describe, expect, it } from 'vitest';
import { memberState } from './member-state.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const used = { disabledAt: null, accessUntil: null, lastSignInAt: '2026-11-21T00:00:00Z' };

describe('memberState', () => {
  it.each([
    ['active', used],
    ['active', { ...used, accessUntil: '2026-11-22T12:00:01Z' }],
    ['never', { ...used, lastSignInAt: null }],
    ['ended', { ...used, accessUntil: '2026-11-22T12:00:00Z' }],
    ['disabled', { ...used, disabledAt: '2026-11-20T00:00:00Z', accessUntil: '2026-11-01T00:00:00Z' }],
  ] as const)('%s', (state, member) => expect(memberState(member, now)).toBe(state));
});
