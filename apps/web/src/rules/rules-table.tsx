'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from 'react-aria-components';
import type { Rule } from '../api-client/rules.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { RuleStateWord, stateOf, stateRanks } from './rule-state-word.tsx';
import { SeverityWord, severityRanks } from './severity-word.tsx';

interface RulesTableProps {
  rules: readonly Rule[];
  /** Left out for readers who may not. */
  onSwitch?: (rule: Rule) => void;
}

export function RulesTable({ rules, onSwitch }: RulesTableProps) {
  const t = useTranslations('rules');
  const language = useLocale();
  return (
    <SortedTable
      label={t('title')}
      rows={rules}
      rowId={({ id }) => id}
      initial={{ column: 'state', direction: 'ascending' }}
      minWidth={980}
      step={200}
      columns={[
        {
          id: 'title',
          title: t('columns.title'),
          isRowHeader: true,
          sortBy: ({ title }) => title[language],
          cell: ({ id, title }) => (
            <Link href={`/rules/${id}`} className="text-accent underline underline-offset-2">
              {title[language]}
            </Link>
          ),
        },
        {
          id: 'severity',
          title: t('columns.severity'),
          sortBy: ({ severity }) => severityRanks[severity],
          cell: ({ severity }) => <SeverityWord severity={severity} />,
        },
        {
          id: 'kind',
          title: t('columns.kind'),
          sortBy: ({ kind }) => t(`kinds.${kind}`),
          cell: ({ kind }) => t(`kinds.${kind}`),
        },
        {
          id: 'state',
          title: t('columns.state'),
          sortBy: (rule) => stateRanks[stateOf(rule)],
          cell: (rule) => <RuleStateWord rule={rule} />,
        },
        {
          id: 'requirements',
          title: t('columns.requirements'),
          cell: ({ requirements }) => requirements.map(requirementText).join(', ') || '–',
        },
        {
          id: 'changed',
          title: t('columns.changed'),
          sortBy: ({ changedAt }) => changedAt,
          cell: ({ changedAt, changedBy, version }) => (
            <>
              {t('version', { version })} · <Moment at={changedAt} /> · {changedBy}
            </>
          ),
        },
        ...(onSwitch === undefined
          ? []
          : [
              {
                id: 'actions',
                title: t('columns.actions'),
                cell: (rule: Rule) => (
                  <Button
                    className="control control-small"
                    aria-label={t(rule.enabled ? 'switchOffNamed' : 'switchOnNamed', { name: rule.title[language] })}
                    onPress={() => onSwitch(rule)}
                  >
                    {t(rule.enabled ? 'switchOff' : 'switchOn')}
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}

/** `pci:4.0.1:10.2.1.4` as people say it; the version stands where there is room for it. */
export function requirementText(id: string): string {
  return id.split(':').at(-1) ?? id;
}
