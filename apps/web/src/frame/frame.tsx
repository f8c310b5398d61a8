'use client';

import { useTranslations } from 'next-intl';
import { usePathname, useRouter } from 'next/navigation';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { SessionWatch } from './session-watch.tsx';
import { useSession } from '../session/session-context.tsx';
import { StepUp } from './step-up.tsx';
import { StandingBanner } from '../seal/standing-banner.tsx';
import { zoneChoices } from '../time/zone-choices.ts';
import { SupportBanner } from './support-banner.tsx';
import { useSupportSession } from '../session/use-support-session.ts';
import { useZone } from '../time/use-zone.tsx';
import { Menu } from './menu.tsx';
import { organisationHue } from './organisation-hue.ts';
import { pagesOf } from '../navigation/pages.ts';
import { TopBar } from './top-bar.tsx';
import { afterUrlWrites } from '../navigation/url-writes.ts';

const HelpDialog = lazy(() => import('../keyboard/help-dialog.tsx'));
const CommandPalette = lazy(() => import('../keyboard/command-palette.tsx'));

/** The left menu, the organisation, the clock's zone, and the dialogs that every page has. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations('frame');
  const session = useSession();
  const entries = pagesOf(session, { support: useSupportSession() !== null });
  const router = useRouter();
  const path = usePathname();
  const { choice, setChoice } = useZone();
  const [dialog, setDialog] = useState<'help' | 'palette' | null>(null);
  const zoneSuffix = choice === 'tenant' ? '' : `?zone=${choice}`;
  useCommands({
    'palette.open': () => setDialog('palette'),
    'help.open': () => setDialog('help'),
    ...Object.fromEntries(
      entries.map(({ id, path: to }) => [`go.${id}`, () => afterUrlWrites(() => router.push(`${to}${zoneSuffix}`))]),
    ),
    'zone.next': () => setChoice(zoneChoices[(zoneChoices.indexOf(choice) + 1) % zoneChoices.length] ?? 'tenant'),
  });
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] sm:grid-cols-[56px_minmax(0,1fr)] sm:grid-rows-[auto_minmax(0,1fr)] xl:grid-cols-[200px_minmax(0,1fr)] print:block print:h-auto">
      <a href="#content" className="skip-link">
        {t('skip')}
      </a>
      <div
        aria-hidden
        className="absolute inset-x-0 top-0 h-0.5"
        style={{ background: `hsl(${organisationHue(session.tenant.id)} 55% 50%)` }}
      />
      <div className="min-w-0 sm:col-span-2">
        <TopBar onHelp={() => setDialog('help')} onPalette={() => setDialog('palette')} />
        <SupportBanner />
        <StandingBanner />
      </div>
      <Menu entries={entries} path={path} suffix={zoneSuffix} />
      <main
        id="content"
        tabIndex={-1}
        className="min-h-0 overflow-auto outline-none max-sm:row-start-2 print:overflow-visible"
      >
        {children}
      </main>
      <SessionWatch />
      <StepUp />
      <Suspense>
        {dialog === 'help' && <HelpDialog onClose={() => setDialog(null)} />}
        {dialog === 'palette' && <CommandPalette onClose={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}
