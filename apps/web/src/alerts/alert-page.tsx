'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { readAlert, type Alert } from '../api-client/alerts.ts';
import { BackLink } from '../frame/back-link.tsx';
import { Page } from '../frame/page.tsx';
import { explorerAddress } from '../query/url-state.ts';
import { Fact } from '../rules/rule-facts.tsx';
import { SeverityWord } from '../rules/severity-word.tsx';
import { AlertKey } from '../rules/try-rule.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { AlertEvents } from './alert-events.tsx';
import { AlertStateWord } from './alert-state-word.tsx';
import { alertQuery } from './alert-query.ts';

/** One alert: by which rule, of what, and its events. */
export function AlertPage({ id }: { id: string }) {
  const t = useTranslations('alerts');
  const language = useLocale();
  const alert = useQuery({ queryKey: ['alerts', 'one', id], queryFn: ({ signal }) => readAlert(id, signal) });
  const found = alert.data;
  return (
    <Page
      title={found === undefined ? t('one') : found.rule.title[language]}
      actions={
        found !== undefined &&
        found.events.length > 0 && (
          <Link href={explorerAddress(alertQuery(found))} className="control">
            {t('inExplorer')}
          </Link>
        )
      }
    >
      <BackLink href="/alerts">{t('back')}</BackLink>
      <Answer of={alert} what="alerts">
        {(shown) => (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Facts alert={shown} />
            <AlertEvents alert={shown} />
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Facts({ alert }: { alert: Alert }) {
  const t = useTranslations('alerts');
  const rules = useTranslations('rules');
  const session = useSession();
  const { rule, severity, key, firstAt, lastAt, openedAt, count, places, incident } = alert;
  const link = 'inline-block min-h-6 text-accent underline underline-offset-2';
  return (
    <dl className="grid max-w-4xl grid-cols-[auto_minmax(0,1fr)]">
      <Fact title={t('columns.severity')}>
        <SeverityWord severity={severity} />
      </Fact>
      <Fact title={t('columns.state')}>
        {incident !== null && mayDo(session, 'incidents.read') ? (
          <Link href={`/incidents?state=all&incident=${incident.id}`} className={link}>
            <AlertStateWord alert={alert} />
          </Link>
        ) : (
          <AlertStateWord alert={alert} />
        )}
      </Fact>
      <Fact title={t('columns.rule')}>
        {mayDo(session, 'rules.read') ? (
          <Link href={`/rules/${rule.id}`} className={link}>
            {t('ofVersion', { kind: rules(`kinds.${rule.kind}`), version: rule.version })}
          </Link>
        ) : (
          t('ofVersion', { kind: rules(`kinds.${rule.kind}`), version: rule.version })
        )}
      </Fact>
      <Fact title={t('columns.key')}>
        <AlertKey alertKey={key} />
      </Fact>
      <Fact title={t('facts.first')}>
        <Moment at={firstAt} precision="second" />
      </Fact>
      <Fact title={t('facts.last')}>
        <Moment at={lastAt} precision="second" />
      </Fact>
      <Fact title={t('columns.opened')}>
        <Moment at={openedAt} precision="second" />
      </Fact>
      <Fact title={t('columns.count')}>{count}</Fact>
      <Fact title={t('columns.places')}>
        {places.map(({ logGroup, logStream }) => `${logGroup} / ${logStream}`).join(', ') || '–'}
      </Fact>
    </dl>
  );
}
