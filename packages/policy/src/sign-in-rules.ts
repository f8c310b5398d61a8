/**
 * The rules of signing in as PCI DSS 4.0.1 requirement 8 has them, and arithmetic over them. An organisation may be
 * stricter, never weaker: `checkSecuritySettings` refuses what is, naming the requirement.
 */

export interface SecuritySettings {
  readonly passwordMinLength: number;
  /** How many former passwords may not come back. */
  readonly passwordHistory: number;
  readonly lockAfterFailures: number;
  readonly lockMinutes: number;
  readonly idleMinutes: number;
  readonly absoluteHours: number;
  readonly dormantDays: number;
  readonly stepUpMinutes: number;
}

export type SecuritySetting = keyof SecuritySettings;

export interface SecurityLimit {
  /** The weakest value that is allowed, which is the default too. */
  readonly weakest: number;
  /** The strictest value that still lets people work. */
  readonly strictest: number;
  /** The requirement behind the limit, or null where it is the product's own. */
  readonly requirement: string | null;
}

export const securityLimits: Readonly<Record<SecuritySetting, SecurityLimit>> = {
  passwordMinLength: { weakest: 12, strictest: 64, requirement: 'pci:4.0.1:8.3.6' },
  passwordHistory: { weakest: 4, strictest: 24, requirement: 'pci:4.0.1:8.3.7' },
  lockAfterFailures: { weakest: 10, strictest: 3, requirement: 'pci:4.0.1:8.3.4' },
  lockMinutes: { weakest: 30, strictest: 1440, requirement: 'pci:4.0.1:8.3.4' },
  idleMinutes: { weakest: 15, strictest: 3, requirement: 'pci:4.0.1:8.2.8' },
  absoluteHours: { weakest: 12, strictest: 1, requirement: null },
  dormantDays: { weakest: 90, strictest: 7, requirement: 'pci:4.0.1:8.2.6' },
  stepUpMinutes: { weakest: 5, strictest: 1, requirement: 'pci:4.0.1:8.3.3' },
};

const settingNames = Object.keys(securityLimits) as SecuritySetting[];

export const defaultSecuritySettings: SecuritySettings = mapSettings((name) => securityLimits[name].weakest);

function mapSettings(valueOf: (name: SecuritySetting) => number): SecuritySettings {
  return Object.fromEntries(settingNames.map((name) => [name, valueOf(name)])) as Record<SecuritySetting, number>;
}

export type SettingsRefusal =
  | { readonly code: 'unknown-setting'; readonly setting: string }
  | { readonly code: 'not-a-whole-number'; readonly setting: SecuritySetting }
  | {
      readonly code: 'too-weak' | 'too-strict';
      readonly setting: SecuritySetting;
      readonly limit: number;
      readonly requirement: string | null;
    };

export type CheckedSettings =
  | { readonly ok: true; readonly settings: Partial<SecuritySettings> }
  | { readonly ok: false; readonly refusal: SettingsRefusal };

/** An organisation's own limits, or the first of them that cannot be: too weak, too strict to work, or unknown. */
export function checkSecuritySettings(wanted: Readonly<Record<string, unknown>>): CheckedSettings {
  const settings: Partial<Record<SecuritySetting, number>> = {};
  for (const [key, value] of Object.entries(wanted)) {
    const setting = settingNames.find((name) => name === key);
    if (setting === undefined) return { ok: false, refusal: { code: 'unknown-setting', setting: key } };
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      return { ok: false, refusal: { code: 'not-a-whole-number', setting } };
    }
    const { weakest, strictest, requirement } = securityLimits[setting];
    const [lowest, highest] = [Math.min(weakest, strictest), Math.max(weakest, strictest)];
    if (value < lowest || value > highest) {
      const isWeak = weakest === lowest ? value < lowest : value > highest;
      const code = isWeak ? 'too-weak' : 'too-strict';
      return { ok: false, refusal: { code, setting, limit: isWeak ? weakest : strictest, requirement } };
    }
    settings[setting] = value;
  }
  return { ok: true, settings };
}

/** The limits that hold: the organisation's own where they are stricter. What is stored can never weaken one. */
export function effectiveSecuritySettings(stored: unknown): SecuritySettings {
  const own = typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {};
  return mapSettings((name) => {
    const value = own[name];
    const { weakest, strictest } = securityLimits[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return weakest;
    return Math.min(Math.max(value, Math.min(weakest, strictest)), Math.max(weakest, strictest));
  });
}

export const longestPassword = 256;

export type PasswordRefusal =
  'too-short' | 'too-long' | 'needs-letters-and-digits' | 'like-the-person' | 'breached' | 'used-before';

export interface PasswordCandidate {
  readonly password: string;
  /** What the password must not be like: the mail address and the name. */
  readonly personal: readonly string[];
  readonly isBreached: boolean;
  /** Whether it is one of the last `passwordHistory`, the current one included. */
  readonly wasUsed: boolean;
  readonly settings: Pick<SecuritySettings, 'passwordMinLength'>;
}

/** Why the password cannot be taken (PCI DSS 8.3.6, 8.3.7), or null. Length is counted in characters, not in bytes. */
export function refusePassword(candidate: PasswordCandidate): PasswordRefusal | null {
  const { password, settings } = candidate;
  const characters = Array.from(password.normalize('NFKC'));
  if (characters.length < settings.passwordMinLength) return 'too-short';
  if (characters.length > longestPassword) return 'too-long';
  const normalized = characters.join('');
  if (!/\p{L}/u.test(normalized) || !/\p{Nd}/u.test(normalized)) return 'needs-letters-and-digits';
  if (isLikePerson(normalized, candidate.personal)) return 'like-the-person';
  if (candidate.isBreached) return 'breached';
  return candidate.wasUsed ? 'used-before' : null;
}

const shortestTellingPart = 4;

/** Whether the better half of the password is the person's own name or address, forwards or backwards. */
function isLikePerson(password: string, personal: readonly string[]): boolean {
  const plain = plainLetters(password);
  return personal
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{Nd}]+/u)])
    .map(plainLetters)
    .filter((part) => Array.from(part).length >= shortestTellingPart)
    .some((part) => {
      const backwards = Array.from(part).toReversed().join('');
      const isInside = plain.includes(part) || plain.includes(backwards);
      return (isInside && part.length * 2 >= plain.length) || part.includes(plain);
    });
}

function plainLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]/gu, '');
}

/** Failures under one subject: an account as it was typed, or a network address. */
export interface FailureRecord {
  readonly failures: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export interface FailureLimits {
  readonly maxFailures: number;
  readonly lockMs: number;
}

/** One network address tries for many accounts; a whole office may share it. Its own, wider limits. */
export const addressLimits: FailureLimits = { maxFailures: 50, lockMs: 15 * 60_000 };

export function accountLimits(settings: Pick<SecuritySettings, 'lockAfterFailures' | 'lockMinutes'>): FailureLimits {
  return { maxFailures: settings.lockAfterFailures, lockMs: settings.lockMinutes * 60_000 };
}

/** Milliseconds until the next try; 0 when it is allowed now (PCI DSS 8.3.4). */
export function lockedForMs(record: FailureRecord | null, limits: FailureLimits, nowMs: number): number {
  if (record === null || record.failures < limits.maxFailures) return 0;
  return Math.max(0, record.lastAtMs + limits.lockMs - nowMs);
}

/**
 * A try is counted before it is judged, so that many at the same moment cannot pass the limit together: the record with
 * one failure more, or null when there is a lock. Failures older than the lock's length start anew.
 */
export function countTry(record: FailureRecord | null, limits: FailureLimits, nowMs: number): FailureRecord | null {
  if (lockedForMs(record, limits, nowMs) > 0) return null;
  if (record === null || nowMs - record.lastAtMs >= limits.lockMs) {
    return { failures: 1, firstAtMs: nowMs, lastAtMs: nowMs };
  }
  return { failures: record.failures + 1, firstAtMs: record.firstAtMs, lastAtMs: Math.max(nowMs, record.lastAtMs) };
}

/** A try that was right takes its count back, and none of those before it. */
export function takeBackTry(record: FailureRecord | null): FailureRecord | null {
  return record === null || record.failures <= 1 ? null : { ...record, failures: record.failures - 1 };
}

const dayMs = 86_400_000;

/** PCI DSS 8.2.6: nobody signed in for so long since the account was made, let in again, or used. */
export function isDormant(
  account: { readonly activeSince: Date; readonly lastSignInAt: Date | null },
  settings: Pick<SecuritySettings, 'dormantDays'>,
  nowMs: number,
): boolean {
  const lastUsedMs = Math.max(account.activeSince.getTime(), account.lastSignInAt?.getTime() ?? 0);
  return nowMs - lastUsedMs >= settings.dormantDays * dayMs;
}

/** Whether a second factor was proven recently enough for what asks for it afresh. */
export function isSteppedUp(
  steppedUpAtMs: number | null,
  settings: Pick<SecuritySettings, 'stepUpMinutes'>,
  nowMs: number,
): boolean {
  return steppedUpAtMs !== null && nowMs - steppedUpAtMs < settings.stepUpMinutes * 60_000;
}
