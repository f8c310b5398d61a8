'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readRowHistory, type Master, type MasterRow, type RowShape } from '../api-client/masters.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Answer } from '../states/answer.tsx';
import { CellText } from './cell-text.tsx';
import { valueColumns } from './rows-table.tsx';
import { ValidityWords } from './validity.tsx';

/** What a row has said, version by version. */
export function RowHistory({ master, row, onClose }: { master: Master; row: MasterRow; onClose: () => void }) {
  const t = useTranslations('masters');
  const forms = useTranslations('keyboard');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const history = useQuery({
    queryKey: ['masters', 'history', master.name, row.id],
    queryFn: ({ signal }) => readRowHistory(master.name, row.id, signal),
  });
  return (
    <DialogFrame title={t('historyTitle')} width="wide" closesBeside onClose={onClose}>
      <Answer of={history} what="masters">
        {(shapes: readonly RowShape[]) => (
          <SortedTable
            label={t('historyTitle')}
            rows={shapes}
            rowId={({ sinceVersion }) => String(sinceVersion)}
            columns={[
              {
                id: 'version',
                title: t('columns.version'),
                isRowHeader: true,
                cell: ({ sinceVersion }) => t('versionNumber', { version: sinceVersion }),
              },
              ...valueColumns(master).map(({ name, title, type }) => ({
                id: name,
                title: title[language],
                cell: (shape: RowShape) => <CellText type={type} value={shape.values[name]} />,
              })),
              {
                id: 'validity',
                title: t('columns.validity'),
                cell: (shape: RowShape) => <ValidityWords row={shape} />,
              },
            ]}
          />
        )}
      </Answer>
      <div className="mt-4 flex justify-end">
        <Button className="control" onPress={onClose}>
          {forms('close')}
        </Button>
      </div>
    </DialogFrame>
  );
}
