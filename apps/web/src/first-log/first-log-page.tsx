'use client';

import { useTranslations } from 'next-intl';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { NotPermitted } from '../states/not-permitted.tsx';
import { FirstLogSteps } from './first-log-steps.tsx';
import { useOwnAccess } from './use-own-access.ts';

/** The way of a new organisation to its first line: a key, a sender, the permission to see it, the line. */
export function FirstLogPage() {
  const t = useTranslations('firstLog');
  const session = useSession();
  const own = useOwnAccess();
  const maySetUp = mayDo(session, 'keys.manage') && mayDo(session, 'access.manage');
  return (
    <Page title={t('title')}>
      {maySetUp ? (
        <Answer of={own} what="access">
          {(answer) => <FirstLogSteps own={answer} />}
        </Answer>
      ) : (
        <NotPermitted />
      )}
    </Page>
  );
}
