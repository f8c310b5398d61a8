import type { FlagKind, ReportDefinition } from '../definitions/report-definition.ts';
import { localMinute } from '../flags/outside-hours.ts';
import type { ReportRow } from '../row/report-row.ts';
import type { CountOf, RunSummary } from '../row/run-summary.ts';

const shownPeople = 20;
const shownGroups = 50;
const shownBars = 20;
/** Values that are counted at most; rarer ones that come later are left out of the lists, not of the numbers. */
const mostValues = 20_000;

type Column = 'person' | 'user' | 'origin' | 'host' | 'object' | 'action';

/** Counts the rows of a run as they pass. */
export class SummaryCount {
  readonly #definition: Pick<ReportDefinition, 'groupBy' | 'plot'>;
  readonly #timeZone: string;
  readonly #people = new Map<string, Counted>();
  readonly #hosts = new Map<string, Counted>();
  readonly #groups = new Map<string, Counted>();
  readonly #bars = new Map<string, Counted>();
  readonly #byFlag = new Map<FlagKind, number>();
  #rows = 0;
  #flagged = 0;

  constructor(definition: Pick<ReportDefinition, 'groupBy' | 'plot'>, timeZone: string) {
    this.#definition = definition;
    this.#timeZone = timeZone;
    if (definition.plot?.by === 'hour') for (let hour = 0; hour < 24; hour += 1) this.#bars.set(hourName(hour), zero());
  }

  take(row: ReportRow): void {
    const isFlagged = row.flags.length > 0;
    this.#rows += 1;
    if (isFlagged) this.#flagged += 1;
    for (const kind of new Set(row.flags.map((flag) => flag.kind)))
      this.#byFlag.set(kind, (this.#byFlag.get(kind) ?? 0) + 1);
    count(this.#people, row.person?.name ?? row.user, isFlagged);
    count(this.#hosts, row.host, isFlagged);
    const { groupBy, plot } = this.#definition;
    if (groupBy !== null) count(this.#groups, valueOf(row, groupBy), isFlagged);
    if (plot === null) return;
    count(this.#bars, plot.by === 'hour' ? this.#hourOf(row) : valueOf(row, plot.by), isFlagged);
  }

  #hourOf({ time }: ReportRow): string {
    return hourName(Math.floor(localMinute(Date.parse(time), this.#timeZone).minute / 60));
  }

  end(): RunSummary {
    const isByHour = this.#definition.plot?.by === 'hour';
    return {
      rows: this.#rows,
      flagged: this.#flagged,
      byFlag: Object.fromEntries([...this.#byFlag].toSorted(([one], [other]) => (one < other ? -1 : 1))),
      people: most(this.#people, shownPeople),
      hosts: most(this.#hosts, shownPeople),
      groups: most(this.#groups, shownGroups),
      plot: isByHour ? listed(this.#bars) : most(this.#bars, shownBars),
    };
  }
}

interface Counted {
  rows: number;
  flagged: number;
}

const zero = (): Counted => ({ rows: 0, flagged: 0 });
const hourName = (hour: number): string => String(hour).padStart(2, '0');

function count(into: Map<string, Counted>, value: string | null, isFlagged: boolean): void {
  if (value === null || value === '') return;
  let counted = into.get(value);
  if (counted === undefined) {
    if (into.size >= mostValues) return;
    counted = zero();
    into.set(value, counted);
  }
  counted.rows += 1;
  if (isFlagged) counted.flagged += 1;
}

function valueOf(row: ReportRow, column: Column): string | null {
  return column === 'person' ? (row.person?.name ?? row.user) : row[column];
}

function listed(counts: ReadonlyMap<string, Counted>): CountOf[] {
  return [...counts].map(([value, { rows, flagged }]) => ({ value, rows, flagged }));
}

/** The most frequent first; of equals the first by its text, so that the same rows give the same summary. */
function most(counts: ReadonlyMap<string, Counted>, shown: number): CountOf[] {
  return listed(counts)
    .toSorted((one, other) => other.rows - one.rows || (one.value < other.value ? -1 : 1))
    .slice(0, shown);
}
