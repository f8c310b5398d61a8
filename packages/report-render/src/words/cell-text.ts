import type { ReportColumn, ReportRow } from '@akashi/report';
import type { Language } from '../rows/run-head.ts';
import { outcomeWords } from './column-words.ts';

const uncertain = { ja: '(推定)', en: '(likely)' };

/** What a column says of a row, other than its time; empty where the row says nothing. */
export function cellText(row: ReportRow, column: Exclude<ReportColumn, 'time'>, language: Language): string {
  if (column === 'person') {
    if (row.person === null) return '';
    return row.person.certainty === 'certain' ? row.person.name : `${row.person.name} ${uncertain[language]}`;
  }
  if (column === 'outcome') return row.outcome === null ? '' : outcomeWords[row.outcome][language];
  return String(row[column] ?? '');
}
