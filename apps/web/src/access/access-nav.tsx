'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { bringIntoView } from '../frame/bring-into-view.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

const places = [
  ['groups', '/access'],
  ['logGroups', '/access/log-groups'],
  ['people', '/access/people'],
] as const;

/**
 * The three questions about access: which groups, who sees a log group, what a person sees.
 * Nothing for those who only answer the last one about what is theirs.
 */
export function AccessNav() {
  const t = useTranslations('access.nav');
  const path = usePathname();
  const mayRead = mayDo(useSession(), 'access.read');
  const current = places.findLast(([, to]) => path === to || path.startsWith(`${to}/`))?.[1];
  if (!mayRead) return null;
  return (
    <nav aria-label={t('label')} className="mb-4 overflow-x-auto border-b border-line print:hidden">
      <ul className="flex">
        {places.map(([id, to]) => (
          <li key={id}>
            <Link
              ref={to === current ? bringIntoView : null}
              href={to}
              aria-current={to === current ? 'page' : undefined}
              className={`tab -outline-offset-2 ${to === current ? '!border-accent !text-text' : ''}`}
            >
              {t(id)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
