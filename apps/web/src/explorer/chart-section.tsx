'use client';

import { ScrollRegion } from '../states/scroll-region.tsx';
import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import type { EffectiveRange } from '../time-range/time-range.ts';
import { formatInstant } from '../time/format-instant.ts';
import { barsOf, outcomes, type Bar } from './chart-model.ts';
import { CountChart } from './count-chart.tsx';
import { OutcomeSwatch } from './outcome-patterns.tsx';
import type { ChartView } from '../query/url-state.ts';
import type { Search } from './use-search.ts';

interface ChartSectionProps {
  search: Search;
  view: ChartView;
  searched: EffectiveRange;
  zone: string;
  onView: (view: ChartView) => void;
  onZoom: (range: EffectiveRange) => void;
}

export function ChartSection({ search, view, searched, zone, onView, onZoom }: ChartSectionProps) {
  const t = useTranslations('chart');
  const { chart } = search;
  const bars = useMemo(() => (chart.data ? barsOf(chart.data) : []), [chart.data]);
  const dimmed = search.loading || chart.isPlaceholderData;
  return (
    <section aria-label={t('title')} className="px-4">
      <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 text-meta">
        <h2 className="text-muted">{t('title')}</h2>
        {view !== 'hidden' &&
          outcomes.map((outcome) => (
            <span key={outcome} className="flex items-center gap-1.5">
              <OutcomeSwatch outcome={outcome} />
              {t(`outcomes.${outcome}`)}
            </span>
          ))}
        <span className="flex-1" />
        {view !== 'hidden' && (
          <Button
            className="control control-quiet control-small text-accent"
            onPress={() => onView(view === 'table' ? 'bars' : 'table')}
          >
            {view === 'table' ? t('asBars') : t('asTable')}
          </Button>
        )}
        <Button
          className="control control-quiet control-small text-accent"
          onPress={() => onView(view === 'hidden' ? 'bars' : 'hidden')}
        >
          {view === 'hidden' ? t('show') : t('hide')}
        </Button>
      </div>
      {view !== 'hidden' && chart.isError && <p className="py-2 text-meta text-bad">{t('failed')}</p>}
      {view === 'bars' && !chart.isError && (
        <CountChart
          bars={bars}
          intervalMs={chart.data?.intervalMs ?? 60_000}
          searched={searched}
          zone={zone}
          dimmed={dimmed}
          onZoom={onZoom}
        />
      )}
      {view === 'table' && <CountTable bars={bars} zone={zone} />}
    </section>
  );
}

function CountTable({ bars, zone }: { bars: readonly Bar[]; zone: string }) {
  const t = useTranslations('chart');
  const format = useFormatter();
  return (
    <ScrollRegion label={t('title')} className="max-h-48 overflow-auto">
      <table className="plain-table max-w-2xl text-meta">
        <thead>
          <tr>
            <th scope="col">{t('from')}</th>
            {outcomes.map((outcome) => (
              <th key={outcome} scope="col" className="number">
                {t(`outcomes.${outcome}`)}
              </th>
            ))}
            <th scope="col" className="number">
              {t('total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.from}>
              <th scope="row">{formatInstant(bar.from, zone)}</th>
              {outcomes.map((outcome) => (
                <td key={outcome} className="number">
                  {format.number(bar.counts[outcome])}
                </td>
              ))}
              <td className="number">{format.number(bar.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
