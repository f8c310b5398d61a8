'use client';

import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { DutiesView } from '../duties/duties-view.tsx';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { ChannelsView } from '../notification-channels/channels-view.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { OperatorAccesses } from '../support-access/operator-accesses.tsx';
import { HealthView } from './health-view.tsx';
import { SendersView } from './senders-view.tsx';
import { TenantsView } from './tenants-view.tsx';

const tabs = ['organisations', 'senders', 'health', 'duties', 'notifications', 'support'] as const;

const InstallationDuties = () => <DutiesView scope="installation" />;

/** The installation for the people who run it: organisations, figures, states. No logs, nowhere. */
export function PlatformPage() {
  const t = useTranslations('platform');
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('organisations'));
  const content = {
    organisations: TenantsView,
    senders: SendersView,
    health: HealthView,
    notifications: ChannelsView,
    duties: InstallationDuties,
    support: OperatorAccesses,
  };
  if (!mayDo(useSession(), 'platform.read')) {
    return (
      <Page title={t('title')}>
        <TenantsView />
      </Page>
    );
  }
  return (
    <Page title={t('title')} status={t('noLogs')}>
      <TabPages
        label={t('title')}
        value={tab}
        onChange={(next) => void setTab(next)}
        tabs={tabs.map((id) => {
          const Content = content[id];
          return { id, label: t(`tabs.${id}`), content: () => <Content /> };
        })}
      />
    </Page>
  );
}
