'use client';

import { cellText, columnWords, type ReportColumn } from '@akashi/report';
import { useLocale, useTranslations } from 'next-intl';
import type { ReportRow } from '../api-client/report-runs.ts';
import { formatInstant, parseInstant, zoneLabel } from '../time/format-instant.ts';

interface RowFactsProps {
  row: ReportRow;
  columns: readonly ReportColumn[];
  zone: string;
}

/** A row as it is frozen, whatever has become of its event since; with the hash by which its record is proven. */
export function RowFacts({ row, columns, zone }: RowFactsProps) {
  const t = useTranslations('runs.rows');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const facts = columns.flatMap((column) => {
    if (column === 'time') return [];
    const text = cellText(row, column, { language, time: (moment) => formatInstant(parseInstant(moment), zone) });
    return text === '' ? [] : [{ name: columnWords[column][language], text }];
  });
  const at = parseInstant(row.time);
  const time = { name: columnWords.time[language], text: `${formatInstant(at, zone)} ${zoneLabel(zone, at)}` };
  return (
    <dl className="grid content-start gap-2 overflow-auto p-4">
      {[time, ...facts].map(({ name, text }) => (
        <div key={name} className="border-b border-line pb-2">
          <dt className="text-meta text-muted">{name}</dt>
          <dd className="break-words">{text}</dd>
        </div>
      ))}
      {row.record !== null && (
        <div className="border-b border-line pb-2">
          <dt className="text-meta text-muted">{t('record')}</dt>
          <dd className="font-mono text-record break-all whitespace-pre-wrap">{row.record}</dd>
        </div>
      )}
      {row.recordSha256 !== null && (
        <div>
          <dt className="text-meta text-muted">{t('hash')}</dt>
          <dd className="font-mono text-meta break-all select-all">{row.recordSha256}</dd>
        </div>
      )}
    </dl>
  );
}
