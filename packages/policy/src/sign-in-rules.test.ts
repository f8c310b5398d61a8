import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountLimits,
  checkSecuritySettings,
  countTry,
  defaultSecuritySettings,
  effectiveSecuritySettings,
  isDormant,
  isSteppedUp,
  lockedForMs,
  refusePassword,
  securityLimits,
  takeBackTry,
  type FailureRecord,
  type SecuritySetting,
} from './sign-in-rules.ts';

const minute = 60_000;
const day = 86_400_000;
const settings = defaultSecuritySettings;

const refuse = (password: string, more: Partial<Parameters<typeof refusePassword>[0]> = {}) =>
  refusePassword({
    password,
    personal: ['hanako.sato@example.jp', '佐藤 花子', 'Hanako Sato'],
    isBreached: false,
    wasUsed: false,
    settings,
    ...more,
  });

describe('passwords', () => {
  it('need twelve characters, letters and digits (8.3.6)', () => {
    expect(refuse('abcdefgh123')).toBe('too-short');
    expect(refuse('kirinabcdefg')).toBe('needs-letters-and-digits');
    expect(refuse('420175318642')).toBe('needs-letters-and-digits');
    expect(refuse('kirin tobu 42')).toBeNull();
    expect(refuse('富士山の見える朝が好きです7')).toBeNull();
    expect(refuse('a1'.repeat(200))).toBe('too-long');
  });

  it('are not the person’s name or address with a few characters more', () => {
    expect(refuse('HanakoSato123')).toBe('like-the-person');
    expect(refuse('hanako.sato@example.jp1')).toBe('like-the-person');
    expect(refuse('otas.okanah 42')).toBe('like-the-person');
    expect(refuse('sato likes 7 blue herons')).toBeNull();
  });

  it('are neither breached nor one of the last', () => {
    expect(refuse('kirin tobu 42', { isBreached: true })).toBe('breached');
    expect(refuse('kirin tobu 42', { wasUsed: true })).toBe('used-before');
  });

  it('never pass below the limit, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 11, unit: 'grapheme-ascii' }), (password) => refuse(password) !== null),
    );
    fc.assert(fc.property(fc.stringMatching(/^\d{12,40}$/), (password) => refuse(password) !== null));
  });
});

describe('locks', () => {
  const limits = accountLimits(settings);

  it('come after ten failures and last half an hour (8.3.4)', () => {
    let record: FailureRecord | null = null;
    for (let n = 0; n < 10; n++) record = countTry(record, limits, n);
    expect(record?.failures).toBe(10);
    expect(countTry(record, limits, 10)).toBeNull();
    expect(lockedForMs(record, limits, 9)).toBe(30 * minute);
    expect(lockedForMs(record, limits, 9 + 30 * minute)).toBe(0);
    expect(countTry(record, limits, 9 + 30 * minute)?.failures).toBe(1);
  });

  it('let no sequence of tries and pauses fail more than the limit within the lock’s length', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40 * minute), { maxLength: 80 }), (pauses) => {
        let record: FailureRecord | null = null;
        let nowMs = 0;
        let last = Number.NEGATIVE_INFINITY;
        let streak = 0;
        for (const pause of pauses) {
          nowMs += pause;
          const next = countTry(record, limits, nowMs);
          if (next === null) continue;
          streak = nowMs - last >= limits.lockMs ? 1 : streak + 1;
          last = nowMs;
          record = next;
          if (streak > limits.maxFailures) return false;
        }
        return true;
      }),
    );
  });

  it('take back a right try and none of the wrong ones', () => {
    const failed = countTry(countTry(null, limits, 0), limits, 1);
    expect(takeBackTry(failed)?.failures).toBe(1);
    expect(takeBackTry(takeBackTry(failed))).toBeNull();
    expect(takeBackTry(null)).toBeNull();
  });
});

describe('settings of an organisation', () => {
  it.each([
    ['passwordMinLength', 11, 'pci:4.0.1:8.3.6'],
    ['passwordHistory', 3, 'pci:4.0.1:8.3.7'],
    ['lockAfterFailures', 11, 'pci:4.0.1:8.3.4'],
    ['lockMinutes', 29, 'pci:4.0.1:8.3.4'],
    ['idleMinutes', 16, 'pci:4.0.1:8.2.8'],
    ['absoluteHours', 13, null],
    ['dormantDays', 91, 'pci:4.0.1:8.2.6'],
    ['stepUpMinutes', 6, 'pci:4.0.1:8.3.3'],
  ] as const)('%s of %d is too weak', (setting, value, requirement) => {
    expect(checkSecuritySettings({ [setting]: value })).toEqual({
      ok: false,
      refusal: { code: 'too-weak', setting, limit: securityLimits[setting].weakest, requirement },
    });
  });

  it('may be stricter, are whole numbers, and are known', () => {
    expect(checkSecuritySettings({ idleMinutes: 5 })).toEqual({ ok: true, settings: { idleMinutes: 5 } });
    expect(checkSecuritySettings({ idleMinutes: 1 })).toMatchObject({ ok: false, refusal: { code: 'too-strict' } });
    expect(checkSecuritySettings({ idleMinutes: 5.5 })).toMatchObject({ refusal: { code: 'not-a-whole-number' } });
    expect(checkSecuritySettings({ factors: 1 })).toMatchObject({ refusal: { code: 'unknown-setting' } });
  });

  it('never weaken a limit, whatever is stored', () => {
    const names = Object.keys(securityLimits) as SecuritySetting[];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (stored) => {
        const effective = effectiveSecuritySettings(stored);
        return names.every((name) => checkSecuritySettings({ [name]: effective[name] }).ok);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer(), (name, value) => {
        const isTaken = checkSecuritySettings({ [name]: value }).ok;
        return isTaken === (effectiveSecuritySettings({ [name]: value })[name] === value);
      }),
    );
    expect(effectiveSecuritySettings(null)).toEqual(settings);
  });
});

it('calls an account dormant after ninety days without a sign-in (8.2.6)', () => {
  const account = { activeSince: new Date(0), lastSignInAt: new Date(10 * day) };
  expect(isDormant(account, settings, 100 * day - 1)).toBe(false);
  expect(isDormant(account, settings, 100 * day)).toBe(true);
  expect(isDormant({ ...account, activeSince: new Date(50 * day) }, settings, 100 * day)).toBe(false);
  expect(isDormant({ ...account, lastSignInAt: null }, settings, 90 * day)).toBe(true);
});

it('asks again for the second factor after five minutes', () => {
  expect(isSteppedUp(null, settings, 0)).toBe(false);
  expect(isSteppedUp(0, settings, 5 * minute - 1)).toBe(true);
  expect(isSteppedUp(0, settings, 5 * minute)).toBe(false);
});
