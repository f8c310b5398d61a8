import { findOverlaps, withNextAsEnd, type Overlaps } from './find-overlaps.ts';
import type { MasterDefinition } from './master-definition.ts';
import { isValidAt, type MasterRow, type Validity } from './master-row.ts';
import type { ReadRow } from './read-row.ts';
import { groupKey, sameValues, valuesOfRow } from './row-values.ts';

export interface ImportedRow extends ReadRow {
  readonly line: number;
}

export interface ImportOptions {
  /** The moment of the import, UTC milliseconds: what has no time of its own changes here. */
  readonly nowMs: number;
  /** Whether what the import does not name ends. */
  readonly isWhole: boolean;
  /** Whether a changed row without a time corrects the former from its start on, instead of following it from now on. */
  readonly isCorrection: boolean;
  /** Whether the table has columns that say an end; without one an import says nothing of the ends of rows. */
  readonly saysEnds: boolean;
  readonly newId: () => string;
}

/** The rows of the next version that differ from the version before. */
export interface ImportPlan {
  readonly added: readonly MasterRow[];
  /** Rows that say or hold something else now, under their id. */
  readonly changed: readonly MasterRow[];
  /** Rows with their new end. */
  readonly ended: readonly MasterRow[];
  /** Rows that had not begun and are gone. */
  readonly withdrawn: readonly MasterRow[];
  /** How many rows of the import say what the table says already. */
  readonly unchanged: number;
  readonly overlaps: Overlaps;
  /** The line of each row of the import, by the row's id. */
  readonly lines: ReadonlyMap<string, number>;
}

/**
 * What an import makes of a table's current rows. Rows meet by the natural key:
 * - one that says what the table says already changes nothing;
 * - one of the same start as a row replaces what that row says;
 * - any other one ends the row without an end that holds at its own start, or, without a start of its own, whatever row of
 *   the key holds now, and begins there;
 * - of rows of one import none ends another.
 * Contradictions that remain are told, not settled. Applying the same import again changes nothing.
 */
export function planImport(
  definition: MasterDefinition,
  { current, imported }: { readonly current: readonly MasterRow[]; readonly imported: readonly ImportedRow[] },
  options: ImportOptions,
): ImportPlan {
  const plan = new Planner(definition, current, options);
  const rest = imported.filter((row) => !plan.restates(row)).filter((row) => !plan.replaces(row));
  // What says its own start comes first: a row without one may say the same again.
  const dated = Object.groupBy(rest, ({ validFromMs }) => (validFromMs === null ? 'undated' : 'dated'));
  for (const row of [...(dated.dated ?? []), ...(dated.undated ?? [])]) plan.add(row);
  if (options.isWhole) plan.endTheRest();
  return plan.result();
}

class Planner {
  readonly #definition: MasterDefinition;
  readonly #options: ImportOptions;
  readonly #current: readonly MasterRow[];
  /** Current rows by natural key. */
  readonly #byKey = new Map<string, MasterRow[]>();
  /** What this import has made, by natural key. */
  readonly #madeByKey = new Map<string, MasterRow[]>();
  /** Current rows that a row of the import says again, beside the one that stands for it. */
  readonly #named = new Set<string>();
  readonly #lines = new Map<string, number>();
  readonly #changed = new Map<string, MasterRow>();
  readonly #ended = new Map<string, MasterRow>();
  readonly #withdrawn = new Map<string, MasterRow>();
  readonly #added: MasterRow[] = [];
  #unchanged = 0;

  constructor(definition: MasterDefinition, current: readonly MasterRow[], options: ImportOptions) {
    this.#definition = definition;
    this.#options = options;
    this.#current = current;
    for (const row of current) push(this.#byKey, this.#keyOf(row), row);
  }

  /** Whether the table says the row already. */
  restates(row: ImportedRow): boolean {
    const alike = this.#alike(row, this.#byKey);
    const same = alike.find((each) => isSamePeriod(each, row)) ?? alike[0];
    if (same === undefined) return false;
    this.#unchanged++;
    for (const { id } of alike) this.#named.add(id);
    if (!this.#lines.has(same.id)) this.#lines.set(same.id, row.line);
    return true;
  }

  /** Whether the row takes the place of one that the import does not restate. */
  replaces(row: ImportedRow): boolean {
    const replaced = this.#replacedBy(row, this.#freeRows(row));
    if (replaced === undefined) return false;
    const next = this.#rowOf(row, replaced.id, replaced.validFromMs);
    this.#changed.set(next.id, next);
    this.#made(next, row.line);
    return true;
  }

  add(row: ImportedRow): void {
    const start = this.#startOf(row);
    const next = this.#rowOf(row, this.#options.newId(), start);
    if (this.#alike(row, this.#madeByKey).length > 0) {
      this.#unchanged++;
      return;
    }
    const free = this.#freeRows(row);
    if (start !== null) for (const former of free) if (isEndedBy(former, { row, start })) this.#end(former, start);
    this.#added.push(next);
    this.#made(next, row.line);
  }

  /** What holds and is named by no row of the import ends now; what has not begun is gone. */
  endTheRest(): void {
    const { nowMs } = this.#options;
    for (const { row, period } of this.#periods()) {
      if (this.#lines.has(row.id) || this.#named.has(row.id)) continue;
      const end = this.#ended.get(row.id)?.validUntilMs ?? null;
      if (end !== null && end <= nowMs) continue;
      if (period.validFromMs !== null && period.validFromMs >= nowMs) {
        this.#ended.delete(row.id);
        this.#withdrawn.set(row.id, row);
      } else if (isValidAt(period, nowMs)) this.#end(row, nowMs);
    }
  }

  result(): ImportPlan {
    const left = this.#current.filter(({ id }) => !this.#withdrawn.has(id));
    const next = left.map((row) => this.#changed.get(row.id) ?? this.#ended.get(row.id) ?? row);
    return {
      added: this.#added,
      changed: [...this.#changed.values()],
      ended: [...this.#ended.values()],
      withdrawn: [...this.#withdrawn.values()],
      unchanged: this.#unchanged,
      overlaps: findOverlaps(this.#definition, [...next, ...this.#added], new Set(this.#lines.keys())),
      lines: this.#lines,
    };
  }

  #keyOf(row: Pick<MasterRow, 'values' | 'validFromMs'>): string {
    return groupKey(this.#definition, this.#definition.key, row);
  }

  /** Current rows of the key that no row of the import speaks of. */
  #freeRows(row: ImportedRow): MasterRow[] {
    return (this.#byKey.get(this.#keyOf(row)) ?? []).filter(({ id }) => !this.#lines.has(id));
  }

  #made(row: MasterRow, line: number): void {
    this.#lines.set(row.id, line);
    push(this.#madeByKey, this.#keyOf(row), row);
  }

  /** Rows of the key that say the same, for the same time as far as the row speaks of it. */
  #alike(row: ImportedRow, rows: ReadonlyMap<string, readonly MasterRow[]>): readonly MasterRow[] {
    return (rows.get(this.#keyOf(row)) ?? []).filter(
      (each) => this.#startsAlike(each, row) && this.#endsAlike(each, row) && sameValues(this.#definition, each, row),
    );
  }

  #startsAlike(each: MasterRow, row: ImportedRow): boolean {
    if (each.validFromMs === row.validFromMs) return true;
    return row.validFromMs === null && isValidAt(each, this.#momentOf(row));
  }

  /** When a row without a start is known to hold: now, or just before its end where that has passed. */
  #momentOf({ validUntilMs }: ImportedRow): number {
    const { nowMs } = this.#options;
    return validUntilMs !== null && validUntilMs <= nowMs ? validUntilMs - 1 : nowMs;
  }

  /** A table that says no ends leaves those of rows that still hold as they are. */
  #endsAlike(each: MasterRow, row: ImportedRow): boolean {
    if (each.validUntilMs === row.validUntilMs) return true;
    if (this.#options.saysEnds || row.validUntilMs !== null) return false;
    return each.validUntilMs === null || each.validUntilMs > this.#options.nowMs || row.validFromMs !== null;
  }

  #replacedBy(row: ImportedRow, free: readonly MasterRow[]): MasterRow | undefined {
    if (row.validFromMs !== null) return free.find((each) => each.validFromMs === row.validFromMs);
    const holding = free.filter((each) => isValidAt(each, this.#momentOf(row)));
    if (this.#options.isCorrection) return holding[0];
    return holding.find((each) => sameValues(this.#definition, each, row));
  }

  /** A row without a start that follows others of its key begins now; the first of its key has always held. */
  #startOf(row: ImportedRow): number | null {
    if (row.validFromMs !== null) return row.validFromMs;
    const { nowMs } = this.#options;
    if (row.validUntilMs !== null && row.validUntilMs <= nowMs) return null;
    const former = this.#byKey.get(this.#keyOf(row)) ?? [];
    const isFollowing = former.some((each) => each.validFromMs === null || each.validFromMs <= nowMs);
    const isRestated = former.some((each) => this.#lines.has(each.id) && isValidAt(each, nowMs));
    return isFollowing && !isRestated ? nowMs : null;
  }

  #end(row: MasterRow, atMs: number): void {
    const period = { validFromMs: row.validFromMs, validUntilMs: atMs };
    this.#ended.set(row.id, { ...row, ...period, values: valuesOfRow(this.#definition, row.values, period) });
  }

  #rowOf(row: ImportedRow, id: string, validFromMs: number | null): MasterRow {
    const period = { validFromMs, validUntilMs: row.validUntilMs };
    return { id, master: this.#definition.name, ...period, values: valuesOfRow(this.#definition, row.values, period) };
  }

  /** Current rows with the periods in which they really hold. */
  #periods(): { row: MasterRow; period: Validity }[] {
    const { endsWithNext, exclusive } = this.#definition;
    if (!endsWithNext) return this.#current.map((row) => ({ row, period: row }));
    const groups = Map.groupBy(this.#current, (row) => groupKey(this.#definition, exclusive, row));
    return [...groups.values()].flatMap((group) => {
      const ordered = group.toSorted((one, other) => (one.validFromMs ?? -Infinity) - (other.validFromMs ?? -Infinity));
      const periods = withNextAsEnd(ordered);
      return ordered.map((row, at) => ({ row, period: periods[at] ?? row }));
    });
  }
}

function isSamePeriod(one: Validity, other: Validity): boolean {
  return one.validFromMs === other.validFromMs && one.validUntilMs === other.validUntilMs;
}

function isEndedBy(former: MasterRow, { row, start }: { row: ImportedRow; start: number }): boolean {
  if (!isValidAt(former, start) || former.validFromMs === start) return false;
  return former.validUntilMs === null || row.validFromMs === null;
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
