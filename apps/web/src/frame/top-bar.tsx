'use client';

import { CircleHelp, Search } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { KeyHint } from '../keyboard/key-hint.tsx';
import { SealSquare } from '../seal/seal-mark.tsx';
import { useSession } from '../session/session-context.tsx';
import { tenantName } from '../session/session.ts';
import { IncidentCount } from './incident-count.tsx';
import { UserMenu } from './user-menu.tsx';
import { ZoneSwitch } from './zone-switch.tsx';

export function TopBar({ onHelp, onPalette }: { onHelp: () => void; onPalette: () => void }) {
  const t = useTranslations('frame');
  const { tenant } = useSession();
  const name = tenantName(tenant, useLocale());
  return (
    <header className="flex h-12 items-center gap-2 border-b border-line px-3 print:hidden">
      <span className="flex items-center gap-2 font-medium xl:w-[172px]">
        <SealSquare state="proven" size={20} />
        <span className="max-sm:sr-only">Akashi</span>
      </span>
      <span className="min-w-0 flex-1 truncate font-medium" title={name}>
        {name}
      </span>
      <ZoneSwitch />
      <IncidentCount />
      <Button className="control control-quiet max-sm:hidden" onPress={onPalette}>
        <Search size={16} aria-hidden />
        <span className="visually-hidden">{t('palette')}</span>
        <KeyHint keys="mod+k" />
      </Button>
      <Button className="control control-quiet" onPress={onHelp} aria-label={t('help')}>
        <CircleHelp size={16} aria-hidden />
      </Button>
      <UserMenu />
    </header>
  );
}
