'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { Finding } from '../api-client/findings.ts';
import { explorerAddress } from '../query/url-state.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Moment } from '../time/moment.tsx';

/** The lines that the finding is about, pinned by the hash of the sealed text. */
export function FindingLines({ lines }: Pick<Finding, 'lines'>) {
  const t = useTranslations('logFindings');
  if (lines.length === 0) return <p className="text-muted">{t('lines.none')}</p>;
  return (
    <ScrollRegion label={t('fields.lines')} className="overflow-x-auto">
      <table className="plain-table min-w-[760px]">
        <thead>
          <tr>
            {(['time', 'origin', 'line', 'hash'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`lines.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ eventId, recordSha256, time, logGroup, logStream, text }) => (
            <tr key={eventId}>
              <td>
                {text === null ? (
                  <Moment at={time} precision="second" />
                ) : (
                  <Link href={explorerAddress({ event: eventId })} className="text-accent underline underline-offset-2">
                    <Moment at={time} precision="second" />
                  </Link>
                )}
              </td>
              <td>
                {logGroup} / {logStream}
              </td>
              <td className="font-mono text-record">
                {text ?? <span className="font-sans text-muted">{t('lines.hidden')}</span>}
              </td>
              <td title={recordSha256}>
                <code className="font-mono text-meta print:hidden">{recordSha256.slice(0, 16)}…</code>
                <code className="hidden font-mono text-meta break-all print:inline">{recordSha256}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
