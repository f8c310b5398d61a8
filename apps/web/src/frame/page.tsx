'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useSession } from '../session/session-context.tsx';
import { tenantName } from '../session/session.ts';
import { nowMilliseconds } from '../time/clock.ts';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';

interface PageProps {
  title: string;
  /** Counts and other facts beside the title; announced when they change. */
  status?: ReactNode;
  /** Buttons of the page, at the right. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of a page's content: its title in the same place everywhere; on paper, whose it is and who printed it when. */
export function Page({ title, status, actions, children }: PageProps) {
  return (
    <div className="p-4 print:p-0">
      <PrintedBy />
      <div className="mb-4 flex min-h-8 flex-wrap items-center gap-x-6 gap-y-2">
        <h1 className="text-title font-medium">{title}</h1>
        {status !== undefined && (
          <p role="status" className="text-muted">
            {status}
          </p>
        )}
        <span className="flex-1" />
        <div className="contents print:hidden">{actions}</div>
      </div>
      {children}
    </div>
  );
}

function PrintedBy() {
  const t = useTranslations('frame');
  const { tenant, user } = useSession();
  const { zone } = useZone();
  const organisation = tenantName(tenant, useLocale());
  const [at, setAt] = useState(0);
  useEffect(() => {
    // The paper is made from what stands there when this handler has returned.
    const note = () => flushSync(() => setAt(nowMilliseconds()));
    window.addEventListener('beforeprint', note);
    return () => window.removeEventListener('beforeprint', note);
  }, []);
  return (
    <div className="mb-2 hidden justify-between border-b border-line pb-1 text-meta print:flex">
      <span className="font-medium">{organisation}</span>
      <span>
        {t('printed', { at: `${formatInstant(at, zone)} ${zoneLabel(zone, at)}`, name: user.name || user.email })}
      </span>
    </div>
  );
}
