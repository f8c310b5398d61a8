'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { bringIntoView } from './bring-into-view.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { menuParts, pageAt, type PageEntry } from '../navigation/pages.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import { useMenuCounts } from './use-menu-counts.ts';

interface MenuProps {
  entries: readonly PageEntry[];
  path: string;
  suffix: string;
}

/** Words beside the icons on a wide screen, icons alone on a middle one, a bar below the page on a narrow one. */
export function Menu({ entries, path, suffix }: MenuProps) {
  const frame = useTranslations('frame');
  const current = pageAt(path, entries);
  const counts = useMenuCounts();
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
                <MenuLink
                  key={entry.id}
                  entry={entry}
                  current={entry === current}
                  suffix={suffix}
                  count={counts[entry.id] ?? 0}
                />
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

interface MenuLinkProps {
  entry: PageEntry;
  current: boolean;
  suffix: string;
  /** What waits there for this person. */
  count: number;
}

function MenuLink({ entry, current, suffix, count }: MenuLinkProps) {
  const t = useTranslations('pages');
  const frame = useTranslations('frame');
  const { id, path, Icon } = entry;
  return (
    <li className="max-sm:min-w-16">
      <Link
        ref={current ? bringIntoView : null}
        href={`${path}${suffix}`}
        aria-current={current ? 'page' : undefined}
        title={t(id)}
        className={`relative flex min-h-8 items-center gap-2 rounded-[4px] px-2 max-xl:justify-center max-xl:px-0 max-sm:flex-col max-sm:gap-0 max-sm:px-1 ${
          current ? 'bg-selection font-medium text-text' : 'text-muted hover:bg-sunken'
        }`}
      >
        <Icon size={16} aria-hidden className="shrink-0" />
        <span className="whitespace-nowrap max-sm:text-meta sm:max-xl:sr-only">{t(id)}</span>
        {count > 0 && (
          <span className="font-medium text-text tabular-nums max-xl:absolute max-xl:top-0 max-xl:right-0.5 max-xl:text-[11px] max-xl:leading-4 xl:ml-auto">
            {count > 99 ? '99+' : count}
            <span className="visually-hidden">{frame('waiting')}</span>
          </span>
        )}
      </Link>
    </li>
  );
}
