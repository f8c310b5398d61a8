import type { Coverage, CoverageCell } from '../api-client/coverage.ts';

/** Classes that sources sent before and not on the day, and that nobody has said not to expect. */
export function gapsOf({ items }: Pick<Coverage, 'items'>): number {
  return items.reduce((sum, { cells }) => sum + cells.filter(({ state }) => state === 'before').length, 0);
}

/** The name of a cell in the page's address. */
export function cellName(source: string, name: string): string {
  return `${name}:${source}`;
}

export interface OpenCell {
  readonly source: Coverage['items'][number];
  readonly cell: CoverageCell;
}

/** The cell that an address names; undefined for one that is not there. */
export function cellAt({ items }: Pick<Coverage, 'items'>, name: string | null): OpenCell | undefined {
  for (const source of items)
    for (const cell of source.cells) if (cellName(source.id, cell.class) === name) return { source, cell };
  return undefined;
}

/** Whole percent; never 100 while anything is missing. */
export function percentOf(share: number): number {
  return Math.floor(share * 100);
}
