'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { confirmMailDomain, readMailDomains, type MailDomain } from '../api-client/mail-domains.ts';
import type { PlatformTenant } from '../api-client/platform.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { MailDomainsTable } from '../identity-providers/mail-domains-table.tsx';
import { tenantName } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';

interface MailDomainsDialogProps {
  tenant: PlatformTenant;
  onClose: () => void;
  onDone: (domain: string) => Promise<unknown>;
}

/** The domains that one organisation says are its own; who runs the platform confirms them, with a reason. */
export function MailDomainsDialog({ tenant, onClose, onDone }: MailDomainsDialogProps) {
  const t = useTranslations('mailDomains');
  const locale = useLocale();
  const client = useQueryClient();
  const [asked, setAsked] = useState<MailDomain | null>(null);
  const key = ['platform', 'mail-domains', tenant.id];
  const domains = useQuery({ queryKey: key, queryFn: ({ signal }) => readMailDomains(signal, tenant.id) });
  if (asked !== null) {
    return (
      <ConfirmDomain
        tenantId={tenant.id}
        domain={asked}
        onClose={() => setAsked(null)}
        onDone={async () => {
          await client.invalidateQueries({ queryKey: key });
          await onDone(asked.domain);
        }}
      />
    );
  }
  return (
    <DialogFrame title={t('platformTitle', { name: tenantName(tenant, locale) })} width="wide" onClose={onClose}>
      <div className="grid gap-4">
        <p className="text-muted">{t('platformText')}</p>
        <Answer of={domains} what="mailDomains">
          {(items) =>
            items.length === 0 ? <p>{t('platformNone')}</p> : <MailDomainsTable domains={items} onConfirm={setAsked} />
          }
        </Answer>
        <div className="flex justify-end">
          <Button className="control" onPress={onClose}>
            {t('close')}
          </Button>
        </div>
      </div>
    </DialogFrame>
  );
}

interface ConfirmDomainProps {
  tenantId: string;
  domain: MailDomain;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

function ConfirmDomain({ tenantId, domain, onClose, onDone }: ConfirmDomainProps) {
  const t = useTranslations('mailDomains');
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('confirmTitle', { domain: domain.domain })}
      action={t('confirm')}
      problemWords={{ conflict: t('confirmedBefore'), 'not-found': t('gone') }}
      onClose={onClose}
      onSubmit={async () => {
        await confirmMailDomain(tenantId, domain.id, reason);
        await onDone();
      }}
    >
      <p>{t('confirmText')}</p>
      <TextField
        label={t('reason')}
        description={t('reasonNote')}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={120}
        rows={2}
      />
    </FormDialog>
  );
}
