'use client';

import { cellText, columnWords, type ReportColumn } from '@akashi/report';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ReportRow } from '../api-client/report-runs.ts';
import { formatInstant, parseInstant } from '../time/format-instant.ts';
import { Flags } from './row-line.tsx';

interface PrintedRowsProps {
  rows: readonly ReportRow[];
  total: number;
  columns: readonly ReportColumn[];
  zone: string;
}

/** As many as paper is of use for; the files hold all. */
const mostPrinted = 500;

/** The rows on paper, where nothing scrolls; drawn only while the page is being printed. */
export function PrintedRows({ rows, total, columns, zone }: PrintedRowsProps) {
  const t = useTranslations('runs.rows');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // The paper is made from what stands there when this handler has returned.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  if (!isPrinting) return null;
  const time = (moment: string) => formatInstant(parseInstant(moment), zone);
  const printed = rows.slice(0, mostPrinted);
  const others = columns.filter((column) => column !== 'time');
  return (
    <div className="hidden print:block">
      {printed.length < total && <p>{t('printed', { printed: printed.length, total })}</p>}
      <table className="plain-table text-meta">
        <thead>
          <tr>
            <th scope="col">{columnWords.time[language]}</th>
            <th scope="col">{t('flags')}</th>
            {others.map((column) => (
              <th key={column} scope="col">
                {columnWords[column][language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {printed.map((row, index) => (
            <tr key={index}>
              <td>{formatInstant(parseInstant(row.time), zone)}</td>
              <td>
                <Flags row={row} language={language} />
              </td>
              {others.map((column) => (
                <td key={column}>{cellText(row, column, { language, time })}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
