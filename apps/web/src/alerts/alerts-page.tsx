'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { Button } from 'react-aria-components';
import { readAlerts, type AlertFilter } from '../api-client/alerts.ts';
import { DayField } from '../forms/day-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { Page } from '../frame/page.tsx';
import { useRules } from '../rules/use-rules.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { AlertsTable } from './alerts-table.tsx';

const severities = ['critical', 'high', 'medium', 'low'] as const;
const states = ['open', 'closed', 'none'] as const;
const all = 'all';

/** What the rules found, within what the reader may see. */
export function AlertsPage() {
  const t = useTranslations('alerts');
  const severityWords = useTranslations('rules.severities');
  const mayRead = mayDo(useSession(), 'alerts.read');
  const [filter, set] = useQueryStates(
    {
      day: parseAsString,
      severity: parseAsStringLiteral(severities),
      state: parseAsStringLiteral(states),
      rule: parseAsString,
    },
    { history: 'push' },
  );
  const alerts = useInfiniteQuery({
    queryKey: ['alerts', 'list', filter],
    queryFn: ({ pageParam, signal }) => readAlerts({ ...filter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
  });
  const isFiltered = Object.values(filter).some((value) => value !== null);
  return (
    <Page title={t('title')}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {mayRead && (
          <div className="flex flex-wrap items-end gap-4 print:hidden">
            <DayField
              label={t('filters.day')}
              value={filter.day ?? ''}
              onChange={(day) => void set({ day: day === '' ? null : day })}
            />
            <div className="min-w-36">
              <SelectField
                label={t('columns.severity')}
                options={[
                  { id: all, label: t('filters.all') },
                  ...severities.map((id) => ({ id, label: severityWords(id) })),
                ]}
                value={filter.severity ?? all}
                onChange={(severity) => void set({ severity: severity === all ? null : severity })}
              />
            </div>
            <div className="min-w-48">
              <SelectField
                label={t('columns.state')}
                options={[
                  { id: all, label: t('filters.all') },
                  ...states.map((id) => ({ id, label: t(`filters.states.${id}`) })),
                ]}
                value={filter.state ?? all}
                onChange={(state) => void set({ state: state === all ? null : state })}
              />
            </div>
            <RuleFilter value={filter.rule} onChange={(rule) => void set({ rule })} />
          </div>
        )}
        <Answer of={alerts} what="alerts">
          {({ pages }) => <Listed items={pages.flatMap(({ items }) => items)} isFiltered={isFiltered} />}
        </Answer>
        {alerts.hasNextPage && (
          <div>
            <Button
              className="control"
              isDisabled={alerts.isFetchingNextPage}
              onPress={() => void alerts.fetchNextPage()}
            >
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}

/** For readers of rules; others see which rule an alert is of. */
function RuleFilter({ value, onChange }: { value: AlertFilter['rule']; onChange: (rule: string | null) => void }) {
  const t = useTranslations('alerts');
  const language = useLocale();
  const rules = useRules();
  if (rules === undefined) return null;
  return (
    <div className="min-w-56">
      <SelectField
        label={t('columns.rule')}
        options={[
          { id: all, label: t('filters.all') },
          ...rules.map(({ id, title }) => ({ id, label: title[language] })),
        ]}
        value={value ?? all}
        onChange={(rule) => onChange(rule === all ? null : rule)}
      />
    </div>
  );
}

function Listed({ items, isFiltered }: { items: Parameters<typeof AlertsTable>[0]['alerts']; isFiltered: boolean }) {
  const t = useTranslations('alerts');
  if (items.length > 0) return <AlertsTable alerts={items} />;
  return (
    <EmptyState title={t(isFiltered ? 'noneTitle' : 'emptyTitle')} text={t(isFiltered ? 'noneText' : 'emptyText')} />
  );
}
