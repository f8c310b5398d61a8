'use client';

import { flagText, type ReportColumn } from '@akashi/report';
import { addFilter } from '@akashi/query';
import { X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { ReportRow } from '../api-client/report-runs.ts';
import EventPanel from '../event-panel/event-panel.tsx';
import { explorerAddress, type PanelTab } from '../query/url-state.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { formatInstant, parseInstant } from '../time/format-instant.ts';
import { RowFacts } from './row-facts.tsx';

interface RowPanelProps {
  row: ReportRow;
  columns: readonly ReportColumn[];
  tab: PanelTab;
  zone: string;
  onTab: (tab: PanelTab) => void;
  onClose: () => void;
}

const aroundMilliseconds = 3_600_000;

/** A row beside the others: why it is flagged and what followed, then its event; a row about no event has its own facts. */
export function RowPanel(props: RowPanelProps) {
  const { row, zone } = props;
  const t = useTranslations('runs.rows');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const router = useRouter();
  const [opened, setOpened] = useState(row.eventId);
  const at = parseInstant(row.time);
  const filter = (field: string, value: string, negate: boolean) => {
    const q = addFilter('', { field, value, negate });
    const t = { kind: 'absolute', from: at - aroundMilliseconds, to: at + aroundMilliseconds } as const;
    if (q !== undefined) router.push(explorerAddress({ q, t }));
  };
  const followed = row.followedBy ?? [];
  return (
    <div className="flex min-h-0 w-[min(520px,46vw)] shrink-0 flex-col border-l border-line max-md:w-full max-md:border-l-0">
      {(row.flags.length > 0 || opened === null) && (
        <div className="flex max-h-[40%] items-start gap-2 border-b border-line py-2 pr-2 pl-4">
          <ScrollRegion label={t('why')} className="max-h-full min-w-0 flex-1 overflow-auto">
            {row.flags.map((flag) => (
              <p key={flag.kind} className="font-medium text-bad">
                {flagText(flag, language)}
              </p>
            ))}
            {followed.length > 0 && (
              <>
                <p className="mt-1 text-meta text-muted">{t('followed')}</p>
                <ol>
                  {followed.map((act) => (
                    <li key={act.eventId} className="text-meta">
                      <button
                        type="button"
                        className="min-h-6 text-left text-accent underline-offset-2 hover:underline"
                        onClick={() => setOpened(act.eventId)}
                      >
                        {formatInstant(parseInstant(act.time), zone).slice(11)} {act.action}{' '}
                        <code className="font-mono">{act.command}</code>
                      </button>
                    </li>
                  ))}
                </ol>
              </>
            )}
          </ScrollRegion>
          {opened === null && (
            <Button className="control control-quiet !px-2" aria-label={t('close')} onPress={props.onClose}>
              <X size={16} aria-hidden />
            </Button>
          )}
        </div>
      )}
      {opened === null ? (
        <RowFacts row={row} columns={props.columns} zone={zone} />
      ) : (
        <>
          <details className="max-h-[50%] shrink-0 overflow-auto border-b border-line">
            <summary className="min-h-8 cursor-default py-1 pl-4 text-meta text-muted hover:bg-sunken">
              {t('frozen')}
            </summary>
            <RowFacts row={row} columns={props.columns} zone={zone} />
          </details>
          <div className="flex min-h-0 flex-1 [&>aside]:!w-full [&>aside]:!border-l-0">
            <EventPanel
              id={opened}
              known={undefined}
              tab={props.tab}
              zone={zone}
              onTab={props.onTab}
              onClose={props.onClose}
              onFilter={filter}
              onOpen={setOpened}
            />
          </div>
        </>
      )}
    </div>
  );
}
