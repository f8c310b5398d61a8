'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { readProfile } from '../api-client/profile.ts';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { mayDo } from '../session/session.ts';
import { useSession } from '../session/session-context.tsx';
import { Answer } from '../states/answer.tsx';
import { AccountForm } from './account-form.tsx';
import { FactorsSection } from './factors-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SigningSection } from './signing-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

const tabs = ['account', 'security', 'sessions'] as const;

/** One's own account: who one is here, how one signs in, and where one is signed in. */
export function ProfilePage() {
  const t = useTranslations('profile');
  const session = useSession();
  const signs = mayDo(session, 'reviews.perform') || mayDo(session, 'reviews.approve');
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('account'));
  const profile = useQuery({ queryKey: ['profile'], queryFn: ({ signal }) => readProfile(signal) });
  const contents = {
    account: () => (
      <Answer of={profile} what="profile">
        {(found) => <AccountForm profile={found} />}
      </Answer>
    ),
    security: () => (
      <Answer of={profile} what="profile">
        {(found) => (
          <div className="grid max-w-3xl gap-8">
            <PasswordSection profile={found} />
            <FactorsSection email={found.email} />
            {signs && <SigningSection />}
          </div>
        )}
      </Answer>
    ),
    sessions: () => <SessionsSection />,
  };
  return (
    <Page title={t('title')}>
      <TabPages
        label={t('parts')}
        value={tab}
        onChange={(next) => void setTab(next)}
        tabs={tabs.map((id) => ({ id, label: t(`tabs.${id}`), content: contents[id] }))}
      />
    </Page>
  );
}
