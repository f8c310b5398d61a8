'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import {
  changeIdentityProvider,
  createIdentityProvider,
  readIdentityProviders,
  removeIdentityProvider,
  type IdentityProvider,
} from '../api-client/identity-providers.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { IdentityProviderDialog } from './identity-provider-dialog.tsx';
import { IdentityProvidersTable, type ProviderStep } from './identity-providers-table.tsx';
import { MailDomainsSection } from './mail-domains-section.tsx';
import { ProviderAddresses } from './provider-addresses.tsx';
import { useGroupNames } from './use-group-names.ts';

/** Where the organisation's people have their accounts, and what their groups there mean here. */
export function IdentityProvidersView({ mayManage }: { mayManage: boolean }) {
  const t = useTranslations('identityProviders');
  const notify = useNotify();
  const client = useQueryClient();
  const groups = useGroupNames();
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<{ step: ProviderStep; provider: IdentityProvider } | null>(null);
  const providers = useQuery({
    queryKey: ['identity-providers'],
    queryFn: ({ signal }) => readIdentityProviders(signal),
  });
  const done = async (text: string) => {
    await client.invalidateQueries({ queryKey: ['identity-providers'] });
    notify({ text });
  };
  const add = mayManage && (
    <Button className="control control-primary" onPress={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <Answer of={providers} what="identityProviders">
        {({ items, callbackUrl }) => (
          <div className="grid gap-6">
            {items.length === 0 ? (
              <EmptyState
                title={t('emptyTitle')}
                text={mayManage ? t('emptyText') : t('emptyReaderText')}
                action={add}
              />
            ) : (
              <div className="grid gap-3">
                <div className="flex flex-wrap items-start gap-4">
                  <p className="max-w-[72ch] flex-1 basis-80 text-muted">{t('text')}</p>
                  {add}
                </div>
                <IdentityProvidersTable
                  providers={items}
                  groups={groups}
                  {...(mayManage ? { onStep: (step, provider) => setAsked({ step, provider }) } : {})}
                />
              </div>
            )}
            {(mayManage || items.length > 0) && (
              <ProviderAddresses callbackUrl={callbackUrl} hasProvider={items.length > 0} />
            )}
            {(mayManage || items.length > 0) && <MailDomainsSection mayManage={mayManage} />}
          </div>
        )}
      </Answer>
      {adding && (
        <IdentityProviderDialog
          title={t('addTitle')}
          action={t('addAction')}
          groups={groups}
          onClose={() => setAdding(false)}
          onSubmit={async (values, clientSecret) => {
            const { awaitsApproval } = await createIdentityProvider({ ...values, clientSecret });
            await done(t(awaitsApproval ? 'addedAsked' : 'added', { name: values.name }));
          }}
        />
      )}
      {asked?.step === 'change' && (
        <IdentityProviderDialog
          title={t('changeTitle', { name: asked.provider.name })}
          action={t('save')}
          initial={asked.provider}
          groups={groups}
          onClose={() => setAsked(null)}
          onSubmit={async (values, clientSecret) => {
            const { awaitsApproval } = await changeIdentityProvider(asked.provider.id, {
              ...values,
              ...(clientSecret === '' ? {} : { clientSecret }),
            });
            await done(t(awaitsApproval ? 'changedAsked' : 'changed', { name: values.name }));
          }}
        />
      )}
      {asked?.step === 'remove' && (
        <ConfirmDialog
          title={t('removeTitle', { name: asked.provider.name })}
          action={t('remove')}
          problemWords={{ 'not-found': t('form.gone') }}
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await removeIdentityProvider(asked.provider.id);
            await done(t('removed', { name: asked.provider.name }));
          }}
        >
          <ul className="ml-5 grid list-disc gap-1">
            {(['first', 'second', 'third'] as const).map((each) => (
              <li key={each}>{t(`removeFollows.${each}`)}</li>
            ))}
          </ul>
        </ConfirmDialog>
      )}
    </>
  );
}
