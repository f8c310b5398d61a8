'use client';

import { ScrollRegion } from '../states/scroll-region.tsx';
import { useFormatter, useTranslations } from 'next-intl';
import type { BlockRow } from '../api-client/integrity.ts';
import { SealMark } from '../seal/seal-mark.tsx';
import { formatClock, formatInstant, zoneLabel } from '../time/format-instant.ts';

/** What an entry without records is. */
function wordOf({ statement }: BlockRow): 'heartbeat' | 'disposal' | 'statement' {
  if (statement === null) return 'heartbeat';
  return statement.kind === 'disposal' ? 'disposal' : 'statement';
}

export function BlocksTable({ blocks, zone }: { blocks: readonly BlockRow[]; zone: string }) {
  const t = useTranslations('integrity');
  const format = useFormatter();
  if (blocks.length === 0) return <p className="text-muted">{t('noBlocks')}</p>;
  return (
    <ScrollRegion label={t('blocks')} className="overflow-x-auto">
      <table className="plain-table min-w-[800px]">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t('columns.block')}
            </th>
            <th scope="col">{t('columns.seal')}</th>
            <th scope="col" className="number">
              {t('columns.records')}
            </th>
            <th scope="col">{t('columns.created', { zone: zoneLabel(zone, 0) })}</th>
            <th scope="col">{t('columns.received')}</th>
            <th scope="col">{t('columns.root')}</th>
          </tr>
        </thead>
        <tbody>
          {blocks.map((block) => (
            <tr key={block.number}>
              <th scope="row" className="number !text-body !text-text">
                {block.number}
              </th>
              <td>
                <SealMark state={block.seal.state} withWord />
              </td>
              <td className="number">{block.records === 0 ? t(wordOf(block)) : format.number(block.records)}</td>
              <td className="whitespace-nowrap">{formatInstant(Date.parse(block.createdAt), zone)}</td>
              <td className="whitespace-nowrap">
                {block.firstReceivedAt && block.lastReceivedAt
                  ? `${formatClock(Date.parse(block.firstReceivedAt), zone, 'second')} – ${formatClock(Date.parse(block.lastReceivedAt), zone, 'second')}`
                  : '–'}
              </td>
              <td className="font-mono text-record break-all">{block.rootHash}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
