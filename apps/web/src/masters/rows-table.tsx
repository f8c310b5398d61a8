'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { Master, MasterRow } from '../api-client/masters.ts';
import { SortedTable, type TableColumn } from '../forms/sorted-table.tsx';
import { CellText } from './cell-text.tsx';
import { axisOf } from './time-axis.ts';
import { useNow } from './use-now.ts';
import { Validity } from './validity.tsx';

interface RowsTableProps {
  master: Master;
  rows: readonly MasterRow[];
  mayManage: boolean;
  onAct: (kind: 'change' | 'end' | 'history', row: MasterRow) => void;
}

/** Rows with their values, and when each holds on one axis for all. */
export function RowsTable({ master, rows, mayManage, onAct }: RowsTableProps) {
  const t = useTranslations('masters');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const now = useNow();
  const axis = axisOf(rows, now);
  const columns = valueColumns(master);
  const nameOf = (row: MasterRow) =>
    columns
      .map(({ name }) => row.values[name] ?? '')
      .join(' ')
      .trim();
  const shown: TableColumn<MasterRow>[] = columns.map((column, place) => ({
    id: column.name,
    title: column.title[language],
    isRowHeader: place === 0,
    cell: (row) => <CellText type={column.type} value={row.values[column.name]} />,
  }));
  return (
    <SortedTable
      label={master.title[language]}
      rows={rows}
      rowId={({ id }) => id}
      minWidth={720}
      columns={[
        ...shown,
        {
          id: 'validity',
          title: t('columns.validity'),
          cell: (row) => <Validity row={row} axis={axis} now={now} />,
        },
        {
          id: 'acts',
          title: t('columns.acts'),
          cell: (row) => (
            <span className="flex gap-2 print:hidden">
              {mayManage && (
                <>
                  <Button
                    className="control control-small"
                    aria-label={t('changeNamed', { row: nameOf(row) })}
                    onPress={() => onAct('change', row)}
                  >
                    {t('change')}
                  </Button>
                  <Button
                    className="control control-small"
                    aria-label={t('endNamed', { row: nameOf(row) })}
                    onPress={() => onAct('end', row)}
                  >
                    {t('end')}
                  </Button>
                </>
              )}
              <Button
                className="control control-quiet control-small"
                aria-label={t('historyNamed', { row: nameOf(row) })}
                onPress={() => onAct('history', row)}
              >
                {t('history')}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}

/** The columns beside those that say when a row holds: these stand in the column of the validity. */
export function valueColumns({ columns, period }: Master): Master['columns'] {
  return columns.filter(({ name }) => name !== period.from && name !== period.until);
}
