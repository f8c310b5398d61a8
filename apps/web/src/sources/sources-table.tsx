'use client';

import { ScrollRegion } from '../states/scroll-region.tsx';
import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { SourceRow } from '../api-client/sources.ts';
import { quoteValue } from '../query/query-language.ts';
import { explorerAddress } from '../query/url-state.ts';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useDuration } from '../time/use-duration.ts';
import { isSilent } from './is-silent.ts';
import { Sparkline } from './sparkline.tsx';

interface SourcesTableProps {
  sources: readonly SourceRow[];
  zone: string;
  /** When the rows were read; "ago" counts back from it. */
  readAt: number;
}

export function SourcesTable({ sources, zone, readAt }: SourcesTableProps) {
  const t = useTranslations('sources');
  return (
    <ScrollRegion label={t('title')} className="overflow-x-auto">
      <table className="plain-table min-w-[880px]">
        <thead>
          <tr>
            <th scope="col">{t('columns.stream')}</th>
            <th scope="col">{t('columns.kind')}</th>
            <th scope="col">{t('columns.lastSeen', { zone: zoneLabel(zone, readAt) })}</th>
            <th scope="col">{t('columns.rate')}</th>
            <th scope="col" className="number">
              {t('columns.events')}
            </th>
            <th scope="col" className="number">
              {t('columns.lag')}
            </th>
            <th scope="col" className="number">
              {t('columns.unparsed')}
            </th>
            <th scope="col" className="number">
              {t('columns.masked')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <Row
              key={`${source.id} ${source.logGroup ?? ''} ${source.logStream ?? ''}`}
              source={source}
              zone={zone}
              readAt={readAt}
            />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Counts and times of what the reader sees only in part are not told. */
const withheld = '–';

function Row({ source, zone, readAt }: { source: SourceRow; zone: string; readAt: number }) {
  const t = useTranslations('sources');
  const format = useFormatter();
  const lastSeen = source.lastReceivedAt === null ? null : Date.parse(source.lastReceivedAt);
  const lastHour = source.recordsPerMinute.reduce((sum, count) => sum + count, 0);
  const query = queryOf(source);
  const number = (count: number | null): string => (count === null ? withheld : format.number(count));
  return (
    <tr>
      <th scope="row" className="!text-body !text-text">
        {query === null ? (
          source.name
        ) : (
          <Link href={explorerAddress({ q: query })} className="text-accent underline-offset-2 hover:underline">
            {source.logStream}
          </Link>
        )}
        <span className="block text-meta font-normal text-muted">{source.logGroup ?? t('noStream')}</span>
      </th>
      <td>{t.has(`kinds.${source.kind as 'agent'}`) ? t(`kinds.${source.kind as 'agent'}`) : source.kind}</td>
      <td>
        {source.reach === 'part'
          ? withheld
          : lastSeen === null
            ? t('never')
            : format.relativeTime(lastSeen, Math.max(readAt, lastSeen))}
        {source.reach === 'all' && isSilent(source, readAt) && (
          <span className="ml-2 font-medium text-attention">{t('silent')}</span>
        )}
        <span className="block text-meta text-muted">{lastSeen !== null && formatInstant(lastSeen, zone)}</span>
      </td>
      <td>
        <span className="flex items-center gap-2">
          <Sparkline counts={source.recordsPerMinute} />
          <span className="text-meta whitespace-nowrap text-muted">{t('perMinute', { rate: lastHour / 60 })}</span>
        </span>
      </td>
      <td className="number">{number(source.records)}</td>
      <td className="number">{source.lagMs === null ? '–' : <Lag milliseconds={source.lagMs} />}</td>
      <td className="number">
        {source.unparsed !== null && source.unparsed > 0 && query !== null ? (
          <Link
            href={explorerAddress({ q: `${query} parse.status:(unparsed OR quarantined)` })}
            className="text-attention underline underline-offset-2"
          >
            {format.number(source.unparsed)}
          </Link>
        ) : (
          number(source.unparsed)
        )}
      </td>
      <td className="number">{number(source.masked)}</td>
    </tr>
  );
}

const inMinutesFrom = 120_000;

/** Seconds, or the two largest units: a wrong zone shows as hours, a forgotten file as days. */
function Lag({ milliseconds }: { milliseconds: number }) {
  const t = useTranslations('sources');
  const duration = useDuration();
  if (Math.abs(milliseconds) < inMinutesFrom) return t('seconds', { seconds: milliseconds / 1000 });
  return `${milliseconds < 0 ? '−' : ''}${duration(Math.abs(milliseconds))}`;
}

/** The stream's own lines in the explorer; null for a source that has not sent any. */
function queryOf({ logGroup, logStream }: SourceRow): string | null {
  if (logGroup === null || logStream === null) return null;
  return `log.group:${quoteValue(logGroup)} log.stream:${quoteValue(logStream)}`;
}
