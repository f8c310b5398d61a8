'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useLocale } from 'next-intl';
import { useMemo, useState, type ReactNode } from 'react';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { sortRows, type SortDirection, type SortValue } from './sort-rows.ts';

export interface TableColumn<Row> {
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** What the column is sorted by; a column without it cannot be sorted. Null comes last either way. */
  sortBy?: (row: Row) => SortValue;
  /** Numbers stand at the right, so that their digits are below each other. */
  isNumber?: boolean;
  /** The column that names the row, for readers by ear; one in a table. */
  isRowHeader?: boolean;
}

interface SortedTableProps<Row> {
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** The order before anybody sorts. */
  initial?: { column: string; direction: SortDirection };
  /** Below this width the table scrolls sideways in its own region, not the page. */
  minWidth?: number;
}

/** A table of what is all here, sorted by any column. Long lists that come in pages are sorted by the server instead. */
export function SortedTable<Row>({ label, columns, rows, rowId, initial, minWidth = 640 }: SortedTableProps<Row>) {
  const locale = useLocale();
  const [order, setOrder] = useState(initial ?? null);
  const sortBy = columns.find(({ id }) => id === order?.column)?.sortBy;
  const sorted = useMemo(
    () => (order && sortBy ? sortRows(rows, { sortBy, direction: order.direction, locale }) : rows),
    [rows, order, sortBy, locale],
  );
  const turn = (column: string) =>
    setOrder({
      column,
      direction: order?.column === column && order.direction === 'ascending' ? 'descending' : 'ascending',
    });
  /** On the inner side of a title, so that a right-aligned one ends where its numbers end. */
  const mark = ({ id }: TableColumn<Row>) => <SortMark direction={order?.column === id ? order.direction : null} />;
  return (
    <ScrollRegion label={label} className="overflow-x-auto">
      <table className="plain-table" style={{ minWidth }} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.isNumber ? 'number' : ''}
                aria-sort={column.sortBy ? (order?.column === column.id ? order.direction : 'none') : undefined}
              >
                {column.sortBy ? (
                  <button
                    type="button"
                    className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded-[4px] px-1 hover:bg-sunken"
                    onClick={() => turn(column.id)}
                  >
                    {column.isNumber && mark(column)}
                    {column.title}
                    {!column.isNumber && mark(column)}
                  </button>
                ) : (
                  <span className="inline-flex min-h-6 items-center">{column.title}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowId(row)}>
              {columns.map((column) => {
                const style = column.isNumber ? 'number' : '';
                return column.isRowHeader ? (
                  <th key={column.id} scope="row" className={`!text-body !text-text ${style}`}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} className={style}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function SortMark({ direction }: { direction: SortDirection | null }) {
  const Mark = direction === 'descending' ? ArrowDown : ArrowUp;
  return <Mark size={12} aria-hidden className={direction === null ? 'opacity-0' : ''} />;
}
