import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AccessKey } from '../api-client/keys.ts';
import { Page } from '../frame/page.tsx';

interface KeysFrameProps {
  kind: AccessKey['kind'];
  status?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** API keys are a page of their own; ingest keys are a part of the page about what arrives. */
export function KeysFrame({ kind, status, actions, children }: KeysFrameProps) {
  const t = useTranslations('keys');
  if (kind === 'api')
    return (
      <Page title={t('titles.api')} status={status} actions={actions}>
        {children}
      </Page>
    );
  return (
    <div className="grid gap-3">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-4">
        <p className="max-w-[72ch] flex-1 text-muted">{t('kindNotes.ingest')}</p>
        {actions}
      </div>
      {children}
    </div>
  );
}
