'use client';

import { ChevronDown, UserRound } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { callApi } from '../api-client/call-api.ts';
import { signOut } from '../session/leave.ts';
import { useSession } from '../session/session-context.tsx';
import { tenantName } from '../session/session.ts';

export function UserMenu() {
  const t = useTranslations('frame');
  const { user, tenant } = useSession();
  const name = user.name || user.email;
  const organisation = tenantName(tenant, useLocale());
  const endSession = () => callApi<unknown>({ method: 'DELETE', path: '/v1/session' });
  return (
    <MenuTrigger>
      <Button className="control control-quiet max-w-48" aria-label={t('user', { name })}>
        <UserRound size={16} aria-hidden />
        <span className="truncate max-md:sr-only">{name}</span>
        <ChevronDown size={16} aria-hidden className="max-md:hidden" />
      </Button>
      <Popover className="floating min-w-56" placement="bottom end">
        <Menu className="p-1 outline-none" aria-label={t('user', { name })} onAction={() => void signOut(endSession)}>
          <MenuSection>
            <Header className="px-2 py-1 text-meta text-muted">
              {user.email}
              <br />
              {organisation}
            </Header>
            <MenuItem
              id="sign-out"
              className="flex min-h-8 items-center rounded-[4px] px-2 data-[focused]:bg-selection"
            >
              {t('signOut')}
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
