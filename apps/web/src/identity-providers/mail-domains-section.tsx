'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readMailDomains, removeMailDomain, requestMailDomain, type MailDomain } from '../api-client/mail-domains.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { TextField } from '../forms/text-field.tsx';
import { Answer } from '../states/answer.tsx';
import { MailDomainsTable } from './mail-domains-table.tsx';

/** Whose addresses the organisation's providers vouch for. */
export function MailDomainsSection({ mayManage }: { mayManage: boolean }) {
  const t = useTranslations('mailDomains');
  const notify = useNotify();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<MailDomain | null>(null);
  const domains = useQuery({ queryKey: ['mail-domains'], queryFn: ({ signal }) => readMailDomains(signal) });
  const done = async (text: string) => {
    await client.invalidateQueries({ queryKey: ['mail-domains'] });
    notify({ text });
  };
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-start gap-4">
        <div className="max-w-[72ch] flex-1 basis-80">
          <h2 className="font-medium">{t('title')}</h2>
          <p className="text-muted">{t('text')}</p>
        </div>
        {mayManage && (
          <Button className="control" onPress={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      <Answer of={domains} what="mailDomains">
        {(items) =>
          items.length === 0 ? (
            <p>{t('none')}</p>
          ) : (
            <MailDomainsTable domains={items} {...(mayManage ? { onRemove: setRemoved } : {})} />
          )
        }
      </Answer>
      {adding && <AddDialog onClose={() => setAdding(false)} onDone={(domain) => done(t('added', { domain }))} />}
      {removed !== null && (
        <ConfirmDialog
          title={t('removeTitle', { domain: removed.domain })}
          action={t('remove')}
          problemWords={{ 'not-found': t('gone') }}
          onClose={() => setRemoved(null)}
          onConfirm={async () => {
            await removeMailDomain(removed.id);
            await done(t('removed', { domain: removed.domain }));
          }}
        >
          <p>{t('removeFollows')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function AddDialog({ onClose, onDone }: { onClose: () => void; onDone: (domain: string) => Promise<unknown> }) {
  const t = useTranslations('mailDomains');
  const [domain, setDomain] = useState('');
  return (
    <FormDialog
      title={t('addTitle')}
      action={t('addAction')}
      problemWords={{ 'request-invalid': t('invalid'), 'name-taken': t('taken') }}
      onClose={onClose}
      onSubmit={async () => {
        await requestMailDomain(domain.trim());
        await onDone(domain.trim());
      }}
    >
      <TextField
        label={t('domain')}
        description={t('domainNote')}
        value={domain}
        onChange={setDomain}
        monospace
        isRequired
        autoComplete="off"
        maxLength={253}
      />
    </FormDialog>
  );
}
