'use client';

import { Inbox, ScrollText, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const entries = [
  { page: 'explorer', Icon: ScrollText },
  { page: 'sources', Icon: Inbox },
  { page: 'integrity', Icon: ShieldCheck },
] as const;

export function Menu({ path, suffix }: { path: string; suffix: string }) {
  const t = useTranslations('pages');
  const frame = useTranslations('frame');
  return (
    <div className="flex flex-col border-line max-sm:row-start-3 max-sm:flex-row max-sm:border-t sm:border-r print:hidden">
      <nav aria-label={frame('menu')} className="flex flex-1 flex-col gap-1 p-2 max-sm:flex-row">
        {entries.map(({ page, Icon }) => {
          const current = path.startsWith(`/${page}`);
          return (
            <Link
              key={page}
              href={`/${page}${suffix}`}
              aria-current={current ? 'page' : undefined}
              title={t(page)}
              className={`flex min-h-8 items-center gap-2 rounded-[4px] px-3 max-xl:justify-center max-xl:px-0 max-sm:flex-1 max-sm:flex-col max-sm:gap-0 ${
                current ? 'bg-selection font-medium text-text' : 'text-muted hover:bg-sunken'
              }`}
            >
              <Icon size={16} aria-hidden />
              <span className="max-sm:text-meta sm:max-xl:sr-only">{t(page)}</span>
            </Link>
          );
        })}
      </nav>
      <footer className="flex items-center justify-between border-line p-2 max-xl:flex-col max-sm:flex-row max-sm:border-l sm:border-t">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </div>
  );
}
