'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import type { EventRecord } from '../api-client/event.ts';
import { readEvent } from '../api-client/search.ts';
import { panelTabs, type PanelTab } from '../query/url-state.ts';
import { SealMark } from '../seal/seal-mark.tsx';
import { sealNow } from '../seal/seal-now.ts';
import { useStanding } from '../seal/use-standing.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { formatInstant, parseInstant, zoneLabel } from '../time/format-instant.ts';
import { RemoveEvent } from '../tombstones/remove-event.tsx';
import { ContextTab } from './context-tab.tsx';
import { DisposedEvent } from './disposed-event.tsx';
import { EventRecords } from './event-records.tsx';
import { FieldsTab } from './fields-tab.tsx';
import { IntegrityTab } from './integrity-tab.tsx';
import { KeptNote } from './kept-note.tsx';
import { RawTab } from './raw-tab.tsx';
import { SummaryTab } from './summary-tab.tsx';
import { useVerification } from './use-verification.ts';

interface EventPanelProps {
  id: string;
  /** The event when it is among the rows; otherwise it is read by its id, so that a passed-on address opens it. */
  known: EventRecord | undefined;
  tab: PanelTab;
  /** It may be one of a set that is restored from the archive. */
  restored?: boolean;
  zone: string;
  onTab: (tab: PanelTab) => void;
  onClose: () => void;
  onFilter: (field: string, value: string, negated: boolean) => void;
  onOpen: (id: string) => void;
}

export default function EventPanel(props: EventPanelProps) {
  const { id, known, tab, zone, restored = false } = props;
  const t = useTranslations('panel');
  const answer = useQuery({
    queryKey: ['event', id, restored],
    queryFn: ({ signal }) => readEvent({ id, restored }, signal),
    enabled: known === undefined,
    staleTime: Infinity,
  });
  const event = known ?? answer.data;
  const standing = useStanding();
  const seal = event && sealNow(event, standing);
  const verification = useVerification(id, event);
  return (
    <aside
      aria-label={t('title')}
      className="flex w-[min(520px,40vw)] shrink-0 flex-col border-l border-line max-md:w-full max-md:border-l-0"
    >
      <div className="flex min-h-10 items-center gap-3 pr-2 pl-4">
        {seal && <SealMark state={verification.data?.ok === false ? 'mismatch' : seal.state} withWord />}
        <span className="min-w-0 flex-1 truncate text-meta text-muted">
          {event && `${formatInstant(parseInstant(event['@timestamp']), zone, 'millisecond')} ${zoneLabel(zone, 0)}`}
        </span>
        <Button className="control control-quiet !px-2" aria-label={t('close')} onPress={props.onClose}>
          <X size={16} aria-hidden />
        </Button>
      </div>
      {!event && answer.isError && isDisposed(answer.error) && <DisposedEvent problem={answer.error} />}
      {!event && answer.isError && isNotFound(answer.error) && (
        <EmptyState title={t('notFoundTitle')} text={t('notFoundText', { id })} />
      )}
      {!event && answer.isError && !isNotFound(answer.error) && !isDisposed(answer.error) && (
        <ErrorState what="event" error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {event && <KeptNote event={event} />}
      {event && (
        <Tabs
          selectedKey={tab}
          onSelectionChange={(key) => props.onTab(key as PanelTab)}
          className="flex min-h-0 flex-1 flex-col"
        >
          <TabList aria-label={t('tabs')} className="flex overflow-x-auto border-b border-line px-2">
            {panelTabs.map((name) => (
              <Tab key={name} id={name} className="tab">
                {t(`tab.${name}`)}
              </Tab>
            ))}
          </TabList>
          {panelTabs.map((name) => (
            <TabPanel key={name} id={name} className="min-h-0 flex-1 overflow-auto p-4">
              {name === 'summary' && (
                <>
                  <SummaryTab event={event} zone={zone} onFilter={props.onFilter} />
                  <EventRecords event={event} restored={restored} onOpen={props.onOpen} />
                </>
              )}
              {name === 'fields' && <FieldsTab event={event} onFilter={props.onFilter} />}
              {name === 'raw' && <RawTab event={event} />}
              {name === 'context' && <ContextTab id={id} restored={restored} zone={zone} onOpen={props.onOpen} />}
              {name === 'integrity' && seal && <IntegrityTab key={id} event={event} seal={seal} />}
              {name === 'integrity' && <RemoveEvent event={event} />}
            </TabPanel>
          ))}
        </Tabs>
      )}
    </aside>
  );
}

function isDisposed(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && (error.code === 'event-disposed' || error.code === 'event-removed');
}

/** Nothing of this id is there for this person: trying again would not change that. */
function isNotFound(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 404 || error.status === 400);
}
