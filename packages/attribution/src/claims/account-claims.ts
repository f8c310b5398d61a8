import { foldName } from '../masters/written-name.ts';
import type { MasterRow } from '../masters/master-row.ts';
import type { Claim, Reason } from './claim.ts';
import { all, any, anyOf, isOfSystem } from './conditions.ts';
import { nameVariants } from './name-variants.ts';
import { periodOf, type SystemName, type SystemNames } from './system-names.ts';

/** Step 1: an account on a system is its person's, by the common IDs valid at the time. */
export function accountClaims(commonIds: readonly MasterRow[], namesOf: SystemNames): Claim[] {
  const conditions = new Map<string, Claim['condition']>();
  const conditionOf = (name: SystemName): Claim['condition'] => {
    const key = `${String(name.isAddress)} ${name.name}`;
    const condition = conditions.get(key) ?? systemCondition(name);
    conditions.set(key, condition);
    return condition;
  };
  return commonIds.flatMap((row) => {
    const { system, id, person } = row.values;
    if (system === undefined || id === undefined || person === undefined) return [];
    return namesOf(system).flatMap((name): Claim[] => {
      const period = periodOf(row, name);
      if (period === undefined) return [];
      return [
        {
          kind: 'account',
          person,
          certainty: 'certain',
          ...period,
          condition: all([any([anyOf('user.name', [id]), anyOf('user.id', [id])]), conditionOf(name)]),
          keys: [accountKey(systemFold(name), id)],
          because: [accountReason(row), ...name.because],
        },
      ];
    });
  });
}

export function accountReason(row: MasterRow): Reason {
  const { system = '', id = '', person = '' } = row.values;
  return { master: 'common-ids', row: row.id, kind: 'account', params: { system, id, person } };
}

export function systemCondition({ name, isAddress }: SystemName): Claim['condition'] {
  return isAddress
    ? isOfSystem({ written: [], labels: [], groupParts: [] }, [name])
    : isOfSystem(nameVariants(name), []);
}

export function systemFold({ name }: Pick<SystemName, 'name'>): string {
  return foldName(name);
}

export function accountKey(fold: string, account: string): string {
  return `account ${fold} ${account.normalize('NFC')}`;
}
