'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ImportChange, Master, MasterImportAnswer, Overlap } from '../api-client/masters.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { CellText } from './cell-text.tsx';
import { valueColumns } from './rows-table.tsx';
import { ValidityWords } from './validity.tsx';

/** What an import would do: what is wrong first, then what contradicts, then what changes. */
export function ImportPreview({ master, preview }: { master: Master; preview: MasterImportAnswer }) {
  const t = useTranslations('masters');
  const { errorCount, added, changed, ended, unchanged, rows } = preview;
  return (
    <div className="grid gap-4">
      <p role="status" className={errorCount > 0 ? 'font-medium text-bad' : 'font-medium'}>
        {errorCount > 0
          ? t('hasErrors', { count: errorCount })
          : t('wouldDo', { rows, added, changed, ended, unchanged })}
      </p>
      <Remarks preview={preview} />
      {errorCount > 0 && <Errors errors={preview.errors} count={errorCount} />}
      {preview.overlaps.length > 0 && <Overlaps master={master} preview={preview} />}
      {preview.changes.length > 0 && (
        <Changes master={master} changes={preview.changes} total={added + changed + ended} />
      )}
    </div>
  );
}

/** What was read otherwise than somebody may think. */
function Remarks({ preview }: { preview: MasterImportAnswer }) {
  const t = useTranslations('masters');
  const { guessedYears, ignoredColumns, maskedRows } = preview;
  const remarks = [
    guessedYears.length > 0 && t('guessedYears', { years: guessedYears.join(', ') }),
    ignoredColumns.length > 0 && t('ignoredColumns', { columns: ignoredColumns.join(', ') }),
    maskedRows > 0 && t('maskedRows', { count: maskedRows }),
  ].filter((text) => text !== false);
  if (remarks.length === 0) return null;
  return (
    <ul className="grid gap-1 border-l-2 border-attention pl-3">
      {remarks.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function Errors({ errors, count }: { errors: MasterImportAnswer['errors']; count: number }) {
  const t = useTranslations('masters');
  return (
    <section className="grid gap-2">
      <h3 className="font-medium">{t('errors')}</h3>
      <div className="max-h-72 overflow-auto">
        <SortedTable
          label={t('errors')}
          rows={errors.slice(0, shownAtOnce)}
          rowId={({ line, column, code }) => `${line} ${column} ${code}`}
          minWidth={420}
          columns={[
            { id: 'line', title: t('columns.line'), isNumber: true, isRowHeader: true, cell: ({ line }) => line },
            { id: 'column', title: t('columns.column'), cell: ({ column }) => column || '–' },
            { id: 'reason', title: t('columns.reason'), cell: ({ reason }) => reason },
          ]}
        />
      </div>
      <Beyond shown={Math.min(errors.length, shownAtOnce)} total={count} />
    </section>
  );
}

function Overlaps({ master, preview }: { master: Master; preview: MasterImportAnswer }) {
  const t = useTranslations('masters');
  const { overlaps, hasMoreOverlaps } = preview;
  const told = ({ values, line }: Overlap['rows'][number]) => {
    const text = valueColumns(master)
      .map(({ name }) => values[name] ?? '')
      .join(' · ');
    return line === null ? `${text} (${t('inTable')})` : `${text} (${t('onLine', { line })})`;
  };
  return (
    <section className="grid gap-2">
      <h3 className="font-medium text-attention">
        {t('overlaps', { count: overlaps.length, more: String(hasMoreOverlaps) })}
      </h3>
      <p className="text-muted">{t('overlapsText')}</p>
      <ul className="max-h-48 overflow-auto">
        {overlaps.slice(0, shownAtOnce).map((overlap) => (
          <li key={overlap.rows.map(({ id }) => id).join()} className="border-b border-line py-1">
            {overlap.rows.map((row) => (
              <span key={row.id} className="block break-words">
                {told(row)}
              </span>
            ))}
            <span className="text-meta">
              <ValidityWords row={{ validFrom: overlap.from, validUntil: overlap.until }} />
            </span>
          </li>
        ))}
      </ul>
      <Beyond shown={Math.min(overlaps.length, shownAtOnce)} total={overlaps.length} />
    </section>
  );
}

function Changes({ master, changes, total }: { master: Master; changes: readonly ImportChange[]; total: number }) {
  const t = useTranslations('masters');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  return (
    <section className="grid gap-2">
      <h3 className="font-medium">{t('changes')}</h3>
      <div className="max-h-72 overflow-auto">
        <SortedTable
          label={t('changes')}
          rows={changes.slice(0, shownAtOnce)}
          rowId={({ id }) => id}
          columns={[
            { id: 'kind', title: t('columns.what'), isRowHeader: true, cell: ({ kind }) => t(`changeKinds.${kind}`) },
            { id: 'line', title: t('columns.line'), isNumber: true, cell: ({ line }) => line ?? '–' },
            ...valueColumns(master).map(({ name, title, type }) => ({
              id: name,
              title: title[language],
              cell: (change: ImportChange) => <CellText type={type} value={change.values[name]} />,
            })),
            { id: 'validity', title: t('columns.validity'), cell: (change) => <ValidityWords row={change} /> },
          ]}
        />
      </div>
      <Beyond shown={Math.min(changes.length, shownAtOnce)} total={total} />
    </section>
  );
}

const shownAtOnce = 100;

function Beyond({ shown, total }: { shown: number; total: number }) {
  const t = useTranslations('masters');
  return shown < total ? <p className="text-meta text-muted">{t('beyond', { shown, total })}</p> : null;
}
