'use client';

import { actText, flagText, outcomeWords } from '@akashi/report';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { explorerAddress } from '../query/url-state.ts';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { LineApprovals } from './line-approvals.tsx';
import type { ReviewLine } from './review-lines.ts';

interface FlaggedLinesProps {
  /** What the table is of. */
  label: string;
  lines: readonly ReviewLine[];
  pinned: ReadonlySet<string>;
  /** Null where nothing can be pinned any more. */
  onPin: ((key: string) => void) | null;
}

const allColumns = ['time', 'who', 'what', 'where', 'object', 'outcome', 'approval', 'flags'] as const;

/** Events of a report, flagged ones or others: when, who, what, where, on what, with which result, approved or not. */
export function FlaggedLines({ label, lines, pinned, onPin }: FlaggedLinesProps) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const { zone } = useZone();
  // A column that no line has anything for says nothing.
  const columns = allColumns.filter(
    (column) =>
      column === 'time' || lines.some((line) => (column === 'flags' ? line.flags.length > 0 : line[column] !== null)),
  );
  return (
    <ScrollRegion label={label} className="overflow-x-auto">
      <table className="plain-table min-w-[640px]">
        <thead>
          <tr>
            {onPin !== null && <th scope="col">{t('details.columns.pin')}</th>}
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`details.columns.${column}`)}
                {column === 'time' && <span className="ml-1">{zoneLabel(zone, Date.parse(lines[0]?.time ?? ''))}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const clock = formatInstant(Date.parse(line.time), zone);
            const name = [clock, line.who, line.what].filter((part) => part !== null).join(' ');
            return (
              <tr key={line.key} data-line={line.key}>
                {onPin !== null && (
                  <td>
                    {line.eventId !== null && (
                      <CheckboxField
                        label={<span className="visually-hidden">{t('details.pin', { line: name })}</span>}
                        value={pinned.has(line.key)}
                        onChange={() => onPin(line.key)}
                      />
                    )}
                  </td>
                )}
                <td className="whitespace-nowrap">
                  {line.eventId === null ? (
                    clock
                  ) : (
                    <Link
                      href={explorerAddress({ event: line.eventId })}
                      title={t('details.openEvent')}
                      className="text-accent underline underline-offset-2"
                    >
                      {clock}
                    </Link>
                  )}
                </td>
                {columns.includes('who') && <td>{line.who}</td>}
                {columns.includes('what') && (
                  <td className="font-mono text-record">{line.what !== null && actText(line.what, locale)}</td>
                )}
                {columns.includes('where') && <td>{line.where}</td>}
                {columns.includes('object') && <td className="min-w-16">{line.object}</td>}
                {columns.includes('outcome') && (
                  <td className={`whitespace-nowrap ${line.outcome === 'failure' ? 'text-bad' : ''}`}>
                    {line.outcome !== null && outcomeWords[line.outcome][locale]}
                  </td>
                )}
                {columns.includes('approval') && (
                  <td>
                    <LineApprovals approval={line.approval} approvals={line.approvals} />
                  </td>
                )}
                {columns.includes('flags') && (
                  <td className="min-w-24">{line.flags.map((flag) => flagText(flag, locale)).join(', ')}</td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
