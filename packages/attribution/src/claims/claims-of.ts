import type { LearnedFact } from '../learn/learned-fact.ts';
import type { MasterRow } from '../masters/master-row.ts';
import { foldName } from '../masters/written-name.ts';
import { accountClaims, systemCondition } from './account-claims.ts';
import { ClaimIndex } from './claim-index.ts';
import type { Claim } from './claim.ts';
import { deviceClaims } from './device-claims.ts';
import { groupBy, leasesOf } from './lease-periods.ts';
import type { Period } from './period.ts';
import { any } from './conditions.ts';
import { sessionClaims } from './session-claims.ts';
import { periodOf, systemNames } from './system-names.ts';

/** A row of the approvals: this person may work on the target then. */
export interface ApprovedWork extends Period {
  readonly row: string;
  readonly person: string;
  readonly target: string;
  /** The event is on the target. */
  readonly condition: Claim['condition'];
}

/** What the masters and the logs say of whose act an event was. */
export interface Claims {
  readonly all: readonly Claim[];
  readonly index: ClaimIndex;
  readonly approvals: ReadonlyMap<string, readonly ApprovedWork[]>;
  /** The name of a person, as the table of people has it at the time; the id where it has none. */
  nameOf(person: string, moment: number): string;
  /** The ids of everybody who is called so: by id or by name, without differences of width, case and blanks. */
  peopleCalled(written: string): readonly string[];
  /** The ids of all whom the claims lead to. */
  everybody(): readonly string[];
}

/**
 * Rows of all masters (those of one version), and facts that the asker may know of. The claims are about whatever period the
 * facts are of: a session that began before the first of them is not known.
 */
export function claimsOf(rows: readonly MasterRow[], learned: readonly LearnedFact[]): Claims {
  const of = groupBy(withOneIdEach(rows), ({ master }) => master);
  const table = (name: string): readonly MasterRow[] => of.get(name) ?? [];
  const assets = table('assets');
  const namesOf = systemNames(assets);
  const direct = [
    ...accountClaims(table('common-ids'), namesOf),
    ...deviceClaims(table('user-devices'), leasesOf(table('dhcp-leases'), learned)),
  ];
  const claims = [...direct, ...sessionClaims(learned, { claims: direct, assets })];
  const people = groupBy(table('people'), ({ values }) => values['person'] ?? '');
  return {
    all: claims,
    index: new ClaimIndex(claims),
    approvals: groupBy(approvals(table('approvals'), namesOf), ({ person }) => person),
    nameOf: (person, moment) => nameAt(people.get(person) ?? [], moment) ?? person,
    peopleCalled: callers([...of.values()].flat()),
    everybody: () => [...new Set(claims.map(({ person }) => person))],
  };
}

/** The tables write one person in several ways (`Yamada`, `ｙａｍａｄａ`): all rows get the way of the table of people. */
function withOneIdEach(rows: readonly MasterRow[]): MasterRow[] {
  const ids = new Map<string, string>();
  const inOrder = rows.toSorted((one, other) => Number(one.master !== 'people') - Number(other.master !== 'people'));
  for (const { values } of inOrder) {
    const { person } = values;
    if (person !== undefined && !ids.has(foldName(person))) ids.set(foldName(person), person);
  }
  return rows.map((row) => {
    const { person } = row.values;
    const id = person === undefined ? undefined : ids.get(foldName(person));
    return id === undefined || id === person ? row : { ...row, values: { ...row.values, person: id } };
  });
}

/** An id comes before a name: nobody else can be called by it. */
function callers(rows: readonly MasterRow[]): Claims['peopleCalled'] {
  const ids = new Map<string, string>();
  const names = new Map<string, Set<string>>();
  for (const { master, values } of rows) {
    const { person, name } = values;
    if (person === undefined) continue;
    ids.set(foldName(person), person);
    if (master !== 'people' || name === undefined) continue;
    names.set(foldName(name), (names.get(foldName(name)) ?? new Set()).add(person));
  }
  return (written) => {
    const id = ids.get(foldName(written));
    return id === undefined ? [...(names.get(foldName(written)) ?? [])] : [id];
  };
}

function approvals(rows: readonly MasterRow[], namesOf: ReturnType<typeof systemNames>): ApprovedWork[] {
  return rows.flatMap((row) => {
    const { person, target } = row.values;
    if (person === undefined || target === undefined) return [];
    return namesOf(target).flatMap((name): ApprovedWork[] => {
      const period = periodOf(row, name);
      if (period === undefined) return [];
      return [{ ...period, row: row.id, person, target, condition: any([systemCondition(name)]) }];
    });
  });
}

/** The row valid then; of somebody known only at another time, the latest. */
function nameAt(rows: readonly MasterRow[], moment: number): string | undefined {
  const then = rows.find(
    ({ validFromMs, validUntilMs }) =>
      (validFromMs === null || validFromMs <= moment) && (validUntilMs === null || moment < validUntilMs),
  );
  const latest = rows
    .toSorted((one, other) => (one.validFromMs ?? -Infinity) - (other.validFromMs ?? -Infinity))
    .at(-1);
  return (then ?? latest)?.values['name'];
}
