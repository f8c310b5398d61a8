'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from 'react-aria-components';
import type { OfflinePart } from '../api-client/archive-search.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import type { EffectiveRange } from '../time-range/time-range.ts';
import { Moment } from '../time/moment.tsx';
import { restoreAddress } from './restore-address.ts';

interface OfflineBannerProps {
  offline: OfflinePart;
  searched: EffectiveRange;
  onArchive: (range: EffectiveRange) => void;
}

const mostNamed = 4;

/** The range reaches past what is online: what the answer lacks, and the two ways to it. */
export default function OfflineBanner({ offline, searched, onArchive }: OfflineBannerProps) {
  const t = useTranslations('offline');
  const mayRestore = mayDo(useSession(), 'logs.restore');
  const { before, firstReceived, logGroups, records } = offline;
  const end = Math.min(searched.to, Math.max(Date.parse(before), searched.from + 1));
  return (
    <div
      role="note"
      aria-label={t('title')}
      className="mx-4 mb-2 flex flex-wrap items-center gap-x-4 gap-y-2 border-l-2 border-attention py-1 pl-3"
    >
      <div className="min-w-0 flex-1 basis-80">
        <p>
          <span className="font-medium text-attention">{t('title')}</span>{' '}
          {t.rich('text', { before: () => <Moment at={before} /> })}{' '}
          {records === null ? t('some') : t('records', { count: records })}
        </p>
        <p className="text-meta text-muted">
          {t.rich('since', { at: () => <Moment at={firstReceived} /> })}{' '}
          <span className="font-mono">{logGroups.slice(0, mostNamed).join(', ')}</span>
          {logGroups.length > mostNamed && ` ${t('others', { count: logGroups.length - mostNamed })}`}
        </p>
      </div>
      <span className="flex flex-wrap gap-2">
        <Button className="control control-small" onPress={() => onArchive({ from: searched.from, to: end })}>
          {t('archive')}
        </Button>
        {mayRestore && (
          <Link
            className="control control-small"
            href={restoreAddress({
              logGroups,
              from: new Date(Math.max(searched.from, Date.parse(firstReceived))).toISOString(),
              to: new Date(end).toISOString(),
            })}
          >
            {t('restore')}
          </Link>
        )}
      </span>
    </div>
  );
}
