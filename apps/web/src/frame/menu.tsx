'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { bringIntoView } from './bring-into-view.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { menuParts, pageAt, type PageEntry } from '../navigation/pages.ts';
import { ThemeSwitch } from './theme-switch.tsx';

interface MenuProps {
  entries: readonly PageEntry[];
  path: string;
  suffix: string;
}

/** Words beside the icons on a wide screen, icons alone on a middle one, a bar below the page on a narrow one. */
export function Menu({ entries, path, suffix }: MenuProps) {
  const frame = useTranslations('frame');
  const current = pageAt(path, entries);
  const parts = menuParts
    .map((part) => ({ part, shown: entries.filter((entry) => entry.part === part) }))
    .filter(({ shown }) => shown.length > 0);
  return (
    <div className="flex min-h-0 min-w-0 flex-col border-line max-sm:row-start-3 max-sm:flex-row max-sm:border-t sm:border-r print:hidden">
      <nav
        aria-label={frame('menu')}
        className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 overflow-auto p-2 max-sm:flex-row max-sm:gap-1"
      >
        {parts.map(({ part, shown }, index) => (
          <div key={part}>
            {/* What comes first needs no heading, and a page alone is one. */}
            {index > 0 && shown.length > 1 && (
              <h2 className="mb-1 px-2 text-meta text-muted max-xl:hidden">{frame(`parts.${part}`)}</h2>
            )}
            <ul aria-label={frame(`parts.${part}`)} className="flex flex-col gap-1 max-sm:flex-row">
              {shown.map((entry) => (
                <MenuLink key={entry.id} entry={entry} current={entry === current} suffix={suffix} />
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <footer className="flex items-center justify-between border-line p-2 max-xl:flex-col max-sm:flex-row max-sm:border-l sm:border-t">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </div>
  );
}

function MenuLink({ entry, current, suffix }: { entry: PageEntry; current: boolean; suffix: string }) {
  const t = useTranslations('pages');
  const { id, path, Icon } = entry;
  return (
    <li className="max-sm:min-w-16">
      <Link
        ref={current ? bringIntoView : null}
        href={`${path}${suffix}`}
        aria-current={current ? 'page' : undefined}
        title={t(id)}
        className={`flex min-h-8 items-center gap-2 rounded-[4px] px-2 max-xl:justify-center max-xl:px-0 max-sm:flex-col max-sm:gap-0 max-sm:px-1 ${
          current ? 'bg-selection font-medium text-text' : 'text-muted hover:bg-sunken'
        }`}
      >
        <Icon size={16} aria-hidden className="shrink-0" />
        <span className="whitespace-nowrap max-sm:text-meta sm:max-xl:sr-only">{t(id)}</span>
      </Link>
    </li>
  );
}
