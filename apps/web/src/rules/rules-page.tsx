'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readRules, type Rule } from '../api-client/rules.ts';
import { useNotify } from '../forms/notices.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { stateOf } from './rule-state-word.tsx';
import { RulesTable } from './rules-table.tsx';
import { SigmaDialog } from './sigma-dialog.tsx';
import { StarterDialog } from './starter-dialog.tsx';
import { SwitchDialog } from './switch-dialog.tsx';

const shownStates = ['all', 'on', 'cannot-match', 'off', 'switched-off'] as const;

/** What the organisation has its events watched for. */
export function RulesPage() {
  const t = useTranslations('rules');
  const language = useLocale();
  const notify = useNotify();
  const client = useQueryClient();
  const mayManage = mayDo(useSession(), 'rules.manage');
  const [state, setState] = useQueryState('state', parseAsStringLiteral(shownStates).withDefault('all'));
  const [text, setText] = useQueryState('q', parseAsString.withDefault(''));
  const [dialog, setDialog] = useState<'starter' | 'sigma' | null>(null);
  const [switched, setSwitched] = useState<Rule | null>(null);
  const rules = useQuery({ queryKey: ['rules', 'list'], queryFn: ({ signal }) => readRules(signal) });
  const refresh = () => client.invalidateQueries({ queryKey: ['rules'] });
  const added = async (count: number) => {
    await refresh();
    notify({ text: t('added', { count }) });
  };
  const on = rules.data?.filter(({ enabled }) => enabled).length;
  return (
    <Page
      title={t('title')}
      {...(on === undefined ? {} : { status: t('status', { on, all: rules.data?.length ?? 0 }) })}
      actions={
        mayManage && (
          <>
            <Button className="control" onPress={() => setDialog('starter')}>
              {t('starter.open')}
            </Button>
            <Button className="control" onPress={() => setDialog('sigma')}>
              {t('sigma.open')}
            </Button>
            <Link href="/rules/new" className="control control-primary">
              {t('create')}
            </Link>
          </>
        )
      }
    >
      <Answer of={rules} what="rules">
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t(mayManage ? 'emptyText' : 'emptyTextReading')} />
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
              <div className="grid max-w-xl grid-cols-[repeat(auto-fit,minmax(12rem,1fr))] items-start gap-3 print:hidden">
                <TextField
                  label={t('search')}
                  type="search"
                  value={text}
                  onChange={(next) => void setText(next === '' ? null : next)}
                />
                <SelectField
                  label={t('columns.state')}
                  options={shownStates.map((id) => ({ id, label: id === 'all' ? t('everyState') : t(`states.${id}`) }))}
                  value={state}
                  onChange={(next) => void setState(next)}
                />
              </div>
              <Listed
                rules={listed(items, { state, text, language })}
                {...(mayManage ? { onSwitch: setSwitched } : {})}
              />
            </div>
          )
        }
      </Answer>
      {dialog === 'starter' && <StarterDialog onClose={() => setDialog(null)} onDone={added} />}
      {dialog === 'sigma' && <SigmaDialog onClose={() => setDialog(null)} onDone={added} />}
      {switched !== null && (
        <SwitchDialog
          rule={switched}
          onClose={() => setSwitched(null)}
          onDone={async ({ enabled, title }: Rule) => {
            await refresh();
            notify({ text: t(enabled ? 'switchedOnNotice' : 'switchedOffNotice', { name: title[language] }) });
          }}
        />
      )}
    </Page>
  );
}

interface Wanted {
  readonly state: (typeof shownStates)[number];
  readonly text: string;
  readonly language: 'ja' | 'en';
}

/** By title, so that rules of one state or severity keep an order that people know. */
function listed(rules: readonly Rule[], { state, text, language }: Wanted): Rule[] {
  const sought = text.normalize('NFKC').toLowerCase();
  return rules
    .filter((rule) => state === 'all' || stateOf(rule) === state)
    .filter(({ title, requirements }) =>
      [title[language], ...requirements].some((each) => each.normalize('NFKC').toLowerCase().includes(sought)),
    )
    .toSorted((one, other) => one.title[language].localeCompare(other.title[language], language));
}

function Listed({ rules, ...rest }: { rules: readonly Rule[]; onSwitch?: (rule: Rule) => void }) {
  const t = useTranslations('rules');
  if (rules.length === 0) return <EmptyState title={t('noneTitle')} text={t('noneText')} />;
  return <RulesTable rules={rules} {...rest} />;
}
