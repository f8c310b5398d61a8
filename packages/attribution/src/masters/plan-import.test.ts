import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isValidAt, type MasterRow } from './master-row.ts';
import { planImport, type ImportedRow, type ImportOptions, type ImportPlan } from './plan-import.ts';
import { standardMaster } from './standard-masters.ts';
import type { MasterDefinition } from './master-definition.ts';

const devices = standardMaster('user-devices') as MasterDefinition;
const leases = standardMaster('dhcp-leases') as MasterDefinition;
const day = 86_400_000;
const now = 100 * day;

let ids = 0;
const options: ImportOptions = {
  nowMs: now,
  isWhole: false,
  isCorrection: false,
  saysEnds: false,
  newId: () => `r${++ids}`,
};

type Period = readonly [fromDay: number | null, untilDay: number | null];
const validity = ([from, until]: Period) => ({
  validFromMs: from === null ? null : from * day,
  validUntilMs: until === null ? null : until * day,
});

function device(person: string, period: Period = [null, null], mac = '00-00-00-00-00-01'): ImportedRow {
  return { line: 2, values: { mac, device: 'PC001', person }, ...validity(period), isYearGuessed: false };
}

function lease(mac: string, period: Period, address = '192.168.0.1'): ImportedRow {
  return { line: 2, values: { mac, address }, ...validity(period), isYearGuessed: false };
}

function apply(current: readonly MasterRow[], plan: ImportPlan): readonly MasterRow[] {
  const next = new Map(current.map((row) => [row.id, row]));
  for (const { id } of plan.withdrawn) next.delete(id);
  for (const row of [...plan.changed, ...plan.ended, ...plan.added]) next.set(row.id, row);
  return [...next.values()];
}

function tell(rows: readonly MasterRow[], column = 'person'): string[] {
  const dayOf = (ms: number | null): string => (ms === null ? '' : String(ms / day));
  return rows.map((row) => `${row.values[column]} ${dayOf(row.validFromMs)}..${dayOf(row.validUntilMs)}`).toSorted();
}

function after(
  definition: MasterDefinition,
  imports: readonly (readonly ImportedRow[])[],
  changed: Partial<ImportOptions> = {},
) {
  let rows: readonly MasterRow[] = [];
  let plan: ImportPlan | undefined;
  for (const [at, imported] of imports.entries()) {
    plan = planImport(
      definition,
      { current: rows, imported },
      { ...options, ...(at === imports.length - 1 ? changed : {}) },
    );
    rows = apply(rows, plan);
  }
  if (plan === undefined) throw new Error('no import');
  const counts = [plan.added, plan.changed, plan.ended, plan.withdrawn].map(({ length }) => length);
  return { rows, counts: [...counts, plan.unchanged], overlaps: plan.overlaps.found };
}

describe('planImport', () => {
  it('takes the first rows as having always held', () => {
    const { rows, counts } = after(devices, [[device('yamada')]]);
    expect(tell(rows)).toEqual(['yamada ..']);
    expect(counts).toEqual([1, 0, 0, 0, 0]);
  });

  it('changes nothing for what the table says already', () => {
    const { rows, counts } = after(devices, [[device('yamada')], [device('yamada'), device('yamada')]]);
    expect(tell(rows)).toEqual(['yamada ..']);
    expect(counts).toEqual([0, 0, 0, 0, 2]);
  });

  it('ends a former row at the import where the changed one has no time, and at its start where it has one', () => {
    expect(tell(after(devices, [[device('yamada')], [device('suzuki')]]).rows)).toEqual([
      'suzuki 100..',
      'yamada ..100',
    ]);
    const dated = after(devices, [[device('yamada')], [device('suzuki', [40, null])]]);
    expect(tell(dated.rows)).toEqual(['suzuki 40..', 'yamada ..40']);
    expect(dated.counts).toEqual([1, 0, 1, 0, 0]);
    expect(dated.overlaps).toEqual([]);
  });

  it('corrects from the start on where that is asked for, and under the same id where the start is the same', () => {
    const corrected = after(devices, [[device('yamada')], [device('suzuki')]], { isCorrection: true });
    expect(tell(corrected.rows)).toEqual(['suzuki ..']);
    expect(corrected.counts).toEqual([0, 1, 0, 0, 0]);
    const dated = after(devices, [[device('yamada', [40, null])], [device('suzuki', [40, 50])]], { saysEnds: true });
    expect(tell(dated.rows)).toEqual(['suzuki 40..50']);
  });

  it('does not cut a row that has an end of its own, and tells the overlap', () => {
    const { rows, overlaps } = after(devices, [[device('yamada', [10, 60])], [device('suzuki', [40, 80])]]);
    expect(tell(rows)).toEqual(['suzuki 40..80', 'yamada 10..60']);
    expect(overlaps.map((each) => [each.validFromMs, each.validUntilMs])).toEqual([[40 * day, 60 * day]]);
    expect(tell(overlaps[0]?.rows ?? [])).toEqual(['suzuki 40..80', 'yamada 10..60']);
  });

  it('tells the overlap of two rows of one import and settles neither, each time', () => {
    const both = [device('yamada'), device('suzuki')];
    for (const imports of [[both], [both, both]]) {
      const { rows, overlaps } = after(devices, imports);
      expect(tell(rows)).toEqual(['suzuki ..', 'yamada ..']);
      expect(overlaps).toHaveLength(1);
    }
    const touching = after(devices, [[device('yamada', [1, 2]), device('suzuki', [2, 3])]]);
    expect(touching.overlaps).toEqual([]);
  });

  it('leaves a row that the same import restates, whoever comes beside it', () => {
    const { rows } = after(devices, [[device('yamada')], [device('suzuki'), device('yamada')]]);
    expect(tell(rows)).toEqual(['suzuki ..', 'yamada ..']);
  });

  it('reads an end in the past as one of the row that holds', () => {
    const { rows } = after(devices, [[device('yamada')], [device('yamada', [null, 50])]], { saysEnds: true });
    expect(tell(rows)).toEqual(['yamada ..50']);
  });

  it('keeps the ends that a table without a column for them does not speak of', () => {
    const imports = [[device('yamada', [null, 200])], [device('yamada')]];
    expect(tell(after(devices, imports).rows)).toEqual(['yamada ..200']);
    expect(tell(after(devices, imports, { saysEnds: true }).rows)).toEqual(['yamada ..']);
  });

  it('ends what a whole table leaves out, withdraws what has not begun, and keeps the past', () => {
    const first = [
      device('yamada'),
      device('past', [1, 2], 'b'),
      device('future', [150, null], 'c'),
      device('gone', [50, null], 'd'),
    ];
    const { rows, counts } = after(devices, [first, [device('yamada')]], { isWhole: true });
    expect(tell(rows)).toEqual(['gone 50..100', 'past 1..2', 'yamada ..']);
    expect(counts).toEqual([0, 0, 1, 1, 1]);
  });

  it('takes each lease by address and start; a later one is no contradiction, another device at the same time is', () => {
    const renewed = [
      lease('a', [1, null]),
      lease('a', [2, null]),
      lease('b', [3, null]),
      lease('a', [1, null], '192.168.0.2'),
    ];
    expect(after(leases, [renewed]).overlaps).toEqual([]);
    expect(after(leases, [renewed, renewed]).counts).toEqual([0, 0, 0, 0, 4]);
    expect(after(leases, [[lease('a', [1, 5]), lease('a', [3, 7])]]).overlaps).toEqual([]);
    expect(after(leases, [[lease('a', [1, 5]), lease('b', [3, 7])]]).overlaps).toHaveLength(1);
    expect(tell(after(leases, [[lease('a', [1, null])], [lease('b', [1, null])]]).rows, 'mac')).toEqual(['b 1..']);
  });

  it('keeps the columns of the own period in step with the period', () => {
    const { rows } = after(leases, [[lease('a', [1, null])], []], { isWhole: true });
    expect(rows[0]?.values).toEqual({
      mac: 'a',
      address: '192.168.0.1',
      leasedAt: new Date(day).toISOString(),
      until: new Date(now).toISOString(),
    });
  });

  const days = fc.option(fc.integer({ min: 90, max: 110 }));
  const period = fc
    .tuple(days, days)
    .map(([one, other]): Period =>
      one !== null && other !== null && one >= other ? [other, one === other ? null : one] : [one, other],
    );
  const anyRow = fc
    .tuple(fc.constantFrom('yamada', 'suzuki', 'tanaka'), period, fc.constantFrom('a', 'b'))
    .map(([person, when, mac]) => device(person, when, mac));
  const anyImport = fc.array(anyRow, { maxLength: 5 });

  it('changes nothing when the same import comes again, and leaves no row without any time', () => {
    fc.assert(
      fc.property(
        fc.array(anyImport, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        (imports, saysEnds, isWhole) => {
          let rows: readonly MasterRow[] = [];
          for (const written of imports) {
            const imported = saysEnds ? written : written.map((row) => ({ ...row, validUntilMs: null }));
            const asked = { ...options, saysEnds, isWhole };
            rows = apply(rows, planImport(devices, { current: rows, imported }, asked));
            for (const row of rows) {
              if (row.validFromMs === null || row.validUntilMs === null) continue;
              expect(row.validFromMs).toBeLessThan(row.validUntilMs);
            }
            const again = planImport(devices, { current: rows, imported }, { ...asked, nowMs: now });
            expect([again.added, again.changed, again.ended, again.withdrawn].flat()).toEqual([]);
            expect(again.unchanged).toBe(imported.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves the time before the import as it was, where its rows have no times', () => {
    const untimed = fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('yamada', 'suzuki')), {
        selector: ([mac]) => mac,
      })
      .map((rows) => rows.map(([mac, person]) => device(person, [null, null], mac)));
    fc.assert(
      fc.property(fc.array(untimed, { minLength: 1, maxLength: 5 }), (imports) => {
        let rows: readonly MasterRow[] = [];
        for (const [at, imported] of imports.entries()) {
          const nowMs = now + at * day;
          const next = apply(rows, planImport(devices, { current: rows, imported }, { ...options, nowMs }));
          const holding = (all: readonly MasterRow[], ms: number): string[] =>
            all
              .filter((row) => isValidAt(row, ms))
              .map(({ values }) => `${values['mac']} ${values['person']}`)
              .toSorted();
          if (at > 0) {
            const known = new Set(rows.map(({ values }) => values['mac']));
            expect(
              holding(
                next.filter(({ values }) => known.has(values['mac'])),
                nowMs - 1,
              ),
            ).toEqual(holding(rows, nowMs - 1));
          }
          const named = new Set(imported.map(({ values }) => values['mac']));
          expect(holding(next, nowMs).filter((text) => named.has(text.slice(0, 1)))).toEqual(
            imported.map(({ values }) => `${values['mac']} ${values['person']}`).toSorted(),
          );
          rows = next;
        }
      }),
    );
  });
});
