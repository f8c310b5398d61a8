'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { createRule } from '../api-client/rules.ts';
import { useNotify } from '../forms/notices.tsx';
import { BackLink } from '../frame/back-link.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { NotPermitted } from '../states/not-permitted.tsx';
import { RuleEditor } from './rule-editor.tsx';

/** A new rule: saved switched off, and switched on from its own page, with a reason. */
export function NewRulePage() {
  const t = useTranslations('rules');
  const router = useRouter();
  const notify = useNotify();
  const client = useQueryClient();
  const mayManage = mayDo(useSession(), 'rules.manage');
  return (
    <Page title={t('create')}>
      <BackLink href="/rules">{t('back')}</BackLink>
      {mayManage ? (
        <RuleEditor
          onClose={() => router.push('/rules')}
          onSave={async (rule) => {
            const { id } = await createRule({ rule });
            await client.invalidateQueries({ queryKey: ['rules'] });
            notify({ text: t('savedNew') });
            router.push(`/rules/${id}`);
          }}
        />
      ) : (
        <NotPermitted />
      )}
    </Page>
  );
}
