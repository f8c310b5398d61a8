import {
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  parseAsInteger,
  createParser,
  createSerializer,
  createLoader,
} from 'nuqs/server';
import { isColumn, isNamedColumn, mostColumns, namedColumns, type ColumnName } from './table-columns.ts';
import { decodeTimeRange, defaultTimeRange, encodeTimeRange, type TimeRange } from '../time-range/time-range.ts';
import { zoneChoices, type ZoneChoice } from '../time/zone-choices.ts';

export const panelTabs = ['summary', 'fields', 'raw', 'context', 'integrity'] as const;
export type PanelTab = (typeof panelTabs)[number];
/** The columns before anybody chooses. */
export const defaultColumns: readonly ColumnName[] = namedColumns;
export const chartViews = ['bars', 'table', 'hidden'] as const;
export type ChartView = (typeof chartViews)[number];

const timeRangeParser = createParser<TimeRange>({
  parse: decodeTimeRange,
  serialize: encodeTimeRange,
  eq: (a, b) => encodeTimeRange(a) === encodeTimeRange(b),
});

/** In the order of the table, each at most once; an earlier form of addresses kept the four named ones apart by dots. */
export const columnsParser = createParser<readonly ColumnName[]>({
  parse: (text) => {
    const names = text.split(',').flatMap((name) => (isColumn(name) ? [name] : name.split('.').filter(isNamedColumn)));
    const columns = [...new Set(names)].slice(0, mostColumns);
    return columns.length > 0 ? columns : null;
  },
  serialize: (columns) => columns.join(','),
  eq: (a, b) => a.join(',') === b.join(','),
});

/**
 * Everything that says what the explorer shows, and the only place that holds it: going back, reloading and passing on
 * the address give the same screen. `v` lets a later version read today's addresses; unknown keys are left alone.
 */
export const explorerParsers = {
  v: parseAsInteger.withDefault(1).withOptions({ clearOnDefault: false }),
  q: parseAsString.withDefault(''),
  t: timeRangeParser.withDefault(defaultTimeRange),
  zone: parseAsStringLiteral(zoneChoices).withDefault('tenant'),
  cols: columnsParser.withDefault(defaultColumns),
  own: parseAsBoolean.withDefault(false),
  restored: parseAsBoolean.withDefault(false),
  archive: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(['newest', 'oldest'] as const).withDefault('newest'),
  chart: parseAsStringLiteral(chartViews).withDefault('bars'),
  event: parseAsString,
  tab: parseAsStringLiteral(panelTabs).withDefault('summary'),
};

export interface ExplorerState {
  v: number;
  q: string;
  t: TimeRange;
  zone: ZoneChoice;
  cols: readonly ColumnName[];
  /** Also the product's own log groups. */
  own: boolean;
  /** Also what is restored from the archive. */
  restored: boolean;
  /** The archive is read where it lies, in place of the index. */
  archive: boolean;
  sort: 'newest' | 'oldest';
  chart: ChartView;
  event: string | null;
  tab: PanelTab;
}

const serialize = createSerializer(explorerParsers);

/** The explorer's address for a state; a link made here opens exactly this. */
export function explorerAddress(state: Partial<ExplorerState>): string {
  return serialize('/explorer', { v: 1, ...state });
}

export const loadExplorerState = createLoader(explorerParsers);
