'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { Coverage, CoverageCell, CoverageSource } from '../api-client/coverage.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { formatDay } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { cellName, percentOf } from './gaps.ts';

interface CoverageTableProps {
  coverage: Coverage;
  onOpen: (cell: string) => void;
}

export function CoverageTable({ coverage, onOpen }: CoverageTableProps) {
  const t = useTranslations('coverage');
  const locale = useLocale();
  return (
    <ScrollRegion label={t('title')} className="overflow-x-auto">
      <table className="plain-table min-w-[1420px] table-fixed">
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 z-10 w-[200px] bg-ground align-bottom">
              {t('source')}
            </th>
            {coverage.classes.map(({ name, word, requirement }) => (
              <th key={name} scope="col" className="align-bottom !whitespace-normal">
                <span className="block">{word[locale]}</span>
                <span className="block font-normal text-muted">
                  {requirement['4.0.1']} <span className="whitespace-nowrap">({requirement['3.0']})</span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coverage.items.map((source) => (
            <SourceRow key={source.id} source={source} coverage={coverage} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface SourceRowProps extends CoverageTableProps {
  source: CoverageSource;
}

function SourceRow({ source, coverage, onOpen }: SourceRowProps) {
  const t = useTranslations('coverage');
  const locale = useLocale();
  return (
    <tr>
      <th scope="row" className="sticky left-0 z-10 bg-ground !text-body !whitespace-normal !text-text">
        {source.name}
        <span className="block text-meta font-normal break-words text-muted">{source.logGroups.join(', ')}</span>
      </th>
      {source.cells.map((cell) => {
        const word = coverage.classes.find(({ name }) => name === cell.class)?.word[locale] ?? cell.class;
        return (
          <td key={cell.class} className="!py-0 align-top">
            <Button
              className="-mx-1 flex min-h-11 w-full flex-col items-start justify-start rounded-[4px] px-1 py-1.5 text-left data-[hovered]:bg-selection"
              onPress={() => onOpen(cellName(source.id, cell.class))}
            >
              <span className="visually-hidden">{t('open', { source: source.name, class: word })}</span>
              <CellText cell={cell} />
            </Button>
          </td>
        );
      })}
    </tr>
  );
}

/** Words first; only what was sent before and is missing now is emphasised. */
function CellText({ cell }: { cell: CoverageCell }) {
  const t = useTranslations('coverage');
  const format = useFormatter();
  const { zones } = useZone();
  const { state, count, completeness, lastSeenAt } = cell;
  if (state === 'today')
    return (
      <>
        <span className="block tabular-nums">{t('events', { count })}</span>
        {completeness !== null && (
          <span className={`block text-meta tabular-nums ${completeness < 1 ? 'text-text' : 'text-muted'}`}>
            {t('complete', { share: format.number(percentOf(completeness)) })}
          </span>
        )}
      </>
    );
  if (state === 'before')
    return (
      <>
        <span className="block font-medium text-attention">{t('states.before')}</span>
        <span className="block text-meta text-muted">
          {lastSeenAt !== null && t('last', { day: formatDay(Date.parse(lastSeenAt), zones.tenant).slice(5) })}
        </span>
      </>
    );
  return <span className="text-meta text-faint">{t(`states.${state}`)}</span>;
}
