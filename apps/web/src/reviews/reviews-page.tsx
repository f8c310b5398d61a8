'use client';

import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { NotPermitted } from '../states/not-permitted.tsx';
import { ApprovalsTab } from './approvals-tab.tsx';
import { CalendarTab } from './calendar-tab.tsx';
import { TodayTab } from './today-tab.tsx';

const tabIds = ['today', 'calendar', 'approvals'] as const;

/** The daily log review: today's, every day's, and what waits for approval. */
export function ReviewsPage() {
  const t = useTranslations('logReviews');
  const session = useSession();
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(tabIds).withDefault('today').withOptions({ history: 'push' }),
  );
  if (!mayDo(session, 'reviews.read')) {
    return (
      <Page title={t('title')}>
        <NotPermitted />
      </Page>
    );
  }
  const content = { today: TodayTab, calendar: CalendarTab, approvals: ApprovalsTab };
  return (
    <Page title={t('title')}>
      <TabPages
        label={t('tabs.label')}
        tabs={tabIds.map((id) => {
          const Content = content[id];
          return { id, label: t(`tabs.${id}`), content: () => <Content /> };
        })}
        value={tab}
        onChange={(next) => void setTab(next)}
      />
    </Page>
  );
}
