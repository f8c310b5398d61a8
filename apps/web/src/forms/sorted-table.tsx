'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
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
  /** Rows that are drawn at once of a long list; the button below draws as many again. All when left out. */
  step?: number;
}

/** A table of what is all here, sorted by any column. Long lists that come in pages are sorted by the server instead. */
export function SortedTable<Row>({
  label,
  columns,
  rows,
  rowId,
  initial,
  minWidth = 640,
  step,
}: SortedTableProps<Row>) {
  const locale = useLocale();
  const t = useTranslations('forms');
  const [order, setOrder] = useState(initial ?? null);
  const [most, setMost] = useState(step ?? Infinity);
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
  const table = (
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
          {sorted.slice(0, most).map((row) => (
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
  if (step === undefined || sorted.length <= most) return table;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-3">
      <div className="w-full">{table}</div>
      <Button className="control print:hidden" onPress={() => setMost(most + step)}>
        {t('showMore', { left: sorted.length - most })}
      </Button>
    </div>
  );
}

function SortMark({ direction }: { direction: SortDirection | null }) {
  const Mark = direction === 'descending' ? ArrowDown : ArrowUp;
  return <Mark size={12} aria-hidden className={direction === null ? 'opacity-0' : ''} />;
}
