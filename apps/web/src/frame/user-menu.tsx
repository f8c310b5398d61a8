'use client';

import { ChevronDown, UserRound } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { useRouter } from 'next/navigation';
import { callApi } from '../api-client/call-api.ts';
import { signOut } from '../session/leave.ts';
import { useSession } from '../session/session-context.tsx';
import { tenantName } from '../session/session.ts';

const itemClass = 'flex min-h-8 items-center rounded-[4px] px-2 data-[focused]:bg-selection';

/** One's own settings, and the way out. */
export function UserMenu() {
  const t = useTranslations('frame');
  const { user, tenant } = useSession();
  const name = user.name || user.email;
  const organisation = tenantName(tenant, useLocale());
  const pages = useTranslations('pages');
  const router = useRouter();
  const endSession = () => callApi<unknown>({ method: 'DELETE', path: '/v1/session' });
  return (
    <MenuTrigger>
      <Button className="control control-quiet max-w-48" aria-label={t('user', { name })}>
        <UserRound size={16} aria-hidden />
        <span className="truncate max-md:sr-only">{name}</span>
        <ChevronDown size={16} aria-hidden className="max-md:hidden" />
      </Button>
      <Popover className="floating min-w-56" placement="bottom end">
        <Menu className="p-1 outline-none" aria-label={t('user', { name })}>
          <MenuSection>
            <Header className="px-2 py-1 text-meta text-muted">
              {user.email}
              <br />
              {organisation}
            </Header>
            <MenuItem id="profile" onAction={() => router.push('/profile')} className={itemClass}>
              {pages('profile')}
            </MenuItem>
            <MenuItem id="sign-out" onAction={() => void signOut(endSession)} className={itemClass}>
              {t('signOut')}
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
