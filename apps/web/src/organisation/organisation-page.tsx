'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { readOrganisation } from '../api-client/organisation.ts';
import { AreasView } from '../areas/areas-view.tsx';
import { ReviewSettingsView } from '../areas/review-settings-view.tsx';
import { DutiesView } from '../duties/duties-view.tsx';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { IdentityProvidersView } from '../identity-providers/identity-providers-view.tsx';
import { ChannelsView } from '../notification-channels/channels-view.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { SupportAccessList } from '../support-access/support-access-list.tsx';
import { GeneralSettings } from './general-settings.tsx';
import { QuotasView } from './quotas-view.tsx';
import { SignInLimits } from './sign-in-limits.tsx';

const tabs = [
  'general',
  'areas',
  'reviews',
  'notifications',
  'sign-in',
  'providers',
  'quotas',
  'duties',
  'support',
] as const;
const needed = {
  support: 'support-access.manage',
  notifications: 'notifications.read',
  areas: 'reports.read',
  reviews: 'reviews.read',
} as const;

/** The organisation's own settings; what only the installation sets is shown beside them. */
export function OrganisationPage() {
  const t = useTranslations('organisation');
  const session = useSession();
  const mayManage = mayDo(session, 'settings.manage');
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('general'));
  const organisation = useQuery({ queryKey: ['organisation'], queryFn: ({ signal }) => readOrganisation(signal) });
  const shown = tabs.filter((id) => !(id in needed) || mayDo(session, needed[id as keyof typeof needed]));
  const content = (id: (typeof tabs)[number]) => {
    if (id === 'areas') return <AreasView />;
    if (id === 'reviews') return <ReviewSettingsView />;
    if (id === 'support') return <SupportAccessList />;
    if (id === 'notifications') return <ChannelsView />;
    if (id === 'duties') return <DutiesView scope="organisation" />;
    if (id === 'providers') return <IdentityProvidersView mayManage={mayManage} />;
    return (
      <Answer of={organisation} what="organisation">
        {(answer) => {
          if (id === 'sign-in') return <SignInLimits organisation={answer} mayManage={mayManage} />;
          if (id === 'quotas') return <QuotasView organisation={answer} />;
          return <GeneralSettings organisation={answer} mayManage={mayManage} />;
        }}
      </Answer>
    );
  };
  if (!mayDo(session, 'settings.read')) return <Page title={t('title')}>{content('general')}</Page>;
  return (
    <Page title={t('title')} {...(mayManage ? {} : { status: t('readOnly') })}>
      <TabPages
        label={t('title')}
        value={tab}
        onChange={(next) => void setTab(next)}
        tabs={shown.map((id) => ({ id, label: t(`tabs.${id}`), content: () => content(id) }))}
      />
    </Page>
  );
}
