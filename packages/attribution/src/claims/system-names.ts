import { listedValues } from '../masters/read-value.ts';
import { foldName } from '../masters/written-name.ts';
import { readAddress } from '../masters/network-address.ts';
import type { MasterRow } from '../masters/master-row.ts';
import type { Reason } from './claim.ts';
import { groupBy } from './lease-periods.ts';
import { always, common, type Period } from './period.ts';

/** One name under which the logs know a system of a table, and while when. */
export interface SystemName extends Period {
  /** A name, or an address where `isAddress`. */
  readonly name: string;
  readonly isAddress: boolean;
  /** The row of the assets that gives it; none for the name as the table writes it. */
  readonly because: readonly Reason[];
}

export type SystemNames = (system: string) => readonly SystemName[];

/** A system's own name, the addresses of the asset of this name, and the names of the asset that has it as its address. */
export function systemNames(assets: readonly MasterRow[]): SystemNames {
  const byHost = groupBy(assets, ({ values }) => foldName(values['host'] ?? ''));
  const byAddress = groupBy(
    assets.flatMap((row) => addressesOf(row).map((address) => ({ row, address }))),
    ({ address }) => address,
  );
  const known = new Map<string, readonly SystemName[]>();
  return (system) => {
    const found = known.get(system);
    if (found !== undefined) return found;
    const own = readAddress(system);
    const names: SystemName[] = [
      { ...always, name: own ?? system, isAddress: own !== undefined, because: [] },
      ...(byHost.get(foldName(system)) ?? []).flatMap((row) =>
        addressesOf(row).map((address) => ofAsset(row, address, true)),
      ),
      ...(own === undefined ? [] : (byAddress.get(own) ?? [])).flatMap(({ row }) =>
        row.values['host'] === undefined ? [] : [ofAsset(row, row.values['host'], false)],
      ),
    ];
    known.set(system, names);
    return names;
  };
}

function addressesOf(row: MasterRow): string[] {
  return listedValues(row.values['address'] ?? '').flatMap((address) => readAddress(address) ?? []);
}

function ofAsset(row: MasterRow, name: string, isAddress: boolean): SystemName {
  const params = { host: row.values['host'] ?? '', address: isAddress ? name : (row.values['address'] ?? '') };
  return {
    from: row.validFromMs,
    until: row.validUntilMs,
    name,
    isAddress,
    because: [{ master: 'assets', row: row.id, kind: 'asset', params }],
  };
}

/** The period of a row and of a name of its system together. */
export function periodOf(
  row: MasterRow,
  name: SystemName = { ...always, name: '', isAddress: false, because: [] },
): Period | undefined {
  return common({ from: row.validFromMs, until: row.validUntilMs }, name);
}
