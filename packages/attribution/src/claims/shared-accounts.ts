import type { MasterRow } from '../masters/master-row.ts';
import { sharedOf } from '../masters/read-value.ts';
import { foldName } from '../masters/written-name.ts';
import { firstLabel } from './name-variants.ts';
import type { SessionPeriod } from './session-periods.ts';

/**
 * Accounts that belong to a system and not to a person: those that products make by themselves. An organisation adds its own per
 * host (`assets.shared`).
 */
export const sharedAccounts: readonly string[] = [
  'root',
  'toor',
  'Administrator',
  'administrator',
  'ADMINISTRATOR',
  'SYSTEM',
  'system',
  'sa',
  'sys',
  'SYS',
  'oracle',
  'postgres',
  'mysql',
  'admin',
  'Admin',
];

const shared = new Set(sharedAccounts);

export function isSharedAccount(name: string): boolean {
  return shared.has(name);
}

/** Whether a text names an account rather than its number. */
export function isAccountName(text: string): boolean {
  return /[^0-9]/.test(text);
}

type SessionAt = Pick<SessionPeriod, 'place' | 'from'>;

/** Which accounts of a machine are nobody's own at a time: those of every system, and those that the assets name. */
export class SharedAccounts {
  readonly #assets: readonly MasterRow[];

  constructor(assets: readonly MasterRow[]) {
    this.#assets = assets.filter(({ values }) => values['shared'] !== undefined && values['shared'] !== 'false');
  }

  includes(session: SessionAt & Pick<SessionPeriod, 'account'>): boolean {
    return (
      isSharedAccount(session.account) ||
      this.#marks(session).some(({ device, accounts }) => device || accounts.includes(session.account))
    );
  }

  /** By name; of a machine that people share as a whole only those of every system are known. */
  namesAt(session: SessionAt): string[] {
    return [...new Set([...sharedAccounts, ...this.#marks(session).flatMap(({ accounts }) => accounts)])];
  }

  #marks({ place, from }: SessionAt): Array<ReturnType<typeof sharedOf>> {
    const name = place.host ?? place.stream;
    const folds = new Set([foldName(name), foldName(firstLabel(name))]);
    return this.#assets
      .filter(
        ({ values, validFromMs, validUntilMs }) =>
          folds.has(foldName(values['host'] ?? '')) &&
          (validFromMs === null || validFromMs <= from) &&
          (validUntilMs === null || from < validUntilMs),
      )
      .map(({ values }) => sharedOf(values['shared']));
  }
}
