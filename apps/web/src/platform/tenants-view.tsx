'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { closeTenant, readTenants, resumeTenant, suspendTenant, type PlatformTenant } from '../api-client/platform.ts';
import { useNotify } from '../forms/notices.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo, tenantName } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { InviteAdministratorDialog } from './invite-administrator-dialog.tsx';
import { MailDomainsDialog } from './mail-domains-dialog.tsx';
import { NewTenantDialog } from './new-tenant-dialog.tsx';
import { QuotasDialog } from './quotas-dialog.tsx';
import { RequestRecoveryDialog } from './request-recovery-dialog.tsx';
import { StatusDialog } from './status-dialog.tsx';
import { TenantsTable, type TenantAction } from './tenants-table.tsx';

export function TenantsView() {
  const t = useTranslations('platform');
  const domains = useTranslations('mailDomains');
  const locale = useLocale();
  const mayManage = mayDo(useSession(), 'platform.manage');
  const notify = useNotify();
  const client = useQueryClient();
  const [creating, setCreating] = useState(false);
  const [asked, setAsked] = useState<{ action: TenantAction; tenant: PlatformTenant } | null>(null);
  const tenants = useQuery({
    queryKey: ['platform', 'tenants'],
    queryFn: ({ signal }) => readTenants(signal),
    refetchInterval: 60_000,
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['platform'] });
  const done = async (text: string) => {
    await refresh();
    notify({ text });
  };
  const create = (
    <Button className="control control-primary" onPress={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  return (
    <>
      <Answer of={tenants} what="platform">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} {...(mayManage ? { action: create } : {})} />
          ) : (
            <div className="grid gap-3">
              <div className="flex items-baseline gap-4">
                <p className="flex-1 text-muted">
                  {t('count', { count: list.filter(({ kind }) => kind === 'customer').length })}
                </p>
                {mayManage && create}
              </div>
              <TenantsTable
                tenants={list}
                mayManage={mayManage}
                onAction={(action, tenant) => setAsked({ action, tenant })}
              />
            </div>
          )
        }
      </Answer>
      {creating && (
        <NewTenantDialog
          onClose={() => setCreating(false)}
          onDone={(email, isSent) => done(t(isSent ? 'created' : 'createdNotMailed', { email }))}
        />
      )}
      {asked?.action === 'quotas' && (
        <QuotasDialog
          tenant={asked.tenant}
          onClose={() => setAsked(null)}
          onDone={() => done(t('quotasSaved', { name: tenantName(asked.tenant, locale) }))}
        />
      )}
      {asked?.action === 'invite' && (
        <InviteAdministratorDialog
          tenant={asked.tenant}
          onClose={() => setAsked(null)}
          onDone={(email, isSent) => done(t(isSent ? 'invited' : 'invitedNotMailed', { email }))}
        />
      )}
      {asked?.action === 'mailDomains' && (
        <MailDomainsDialog
          tenant={asked.tenant}
          onClose={() => setAsked(null)}
          onDone={(domain) => done(domains('confirmed', { domain }))}
        />
      )}
      {asked?.action === 'recover' && (
        <RequestRecoveryDialog
          tenant={asked.tenant}
          onClose={() => setAsked(null)}
          onDone={(isSent) => done(t(isSent ? 'recoveryAsked' : 'recoveryNotMailed'))}
        />
      )}
      {(asked?.action === 'suspend' || asked?.action === 'resume' || asked?.action === 'close') && (
        <StatusDialog
          action={asked.action}
          tenant={asked.tenant}
          onClose={() => setAsked(null)}
          onSubmit={async (reason) => {
            const { action, tenant } = asked;
            if (action === 'suspend') await suspendTenant(tenant.id, reason);
            if (action === 'resume') await resumeTenant(tenant.id, reason);
            if (action === 'close') await closeTenant(tenant.id, { reason, confirm: tenant.slug });
            await done(t(`done.${action as 'suspend'}`, { name: tenantName(tenant, locale) }));
          }}
        />
      )}
    </>
  );
}
