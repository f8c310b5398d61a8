'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { endOtherSessions, endSession, readOwnSessions, type OwnSession } from '../api-client/profile.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { browserName } from './browser-name.ts';

/** Where this account is signed in. A session that one does not know is ended here, and the password changed. */
export function SessionsSection() {
  const t = useTranslations('profile.sessions');
  const notify = useNotify();
  const client = useQueryClient();
  const [asked, setAsked] = useState<OwnSession | 'others' | null>(null);
  const sessions = useQuery({ queryKey: ['own-sessions'], queryFn: ({ signal }) => readOwnSessions(signal) });
  const ended = async (count: number) => {
    await client.invalidateQueries({ queryKey: ['own-sessions'] });
    notify({ text: t('ended', { count }) });
  };
  return (
    <Answer of={sessions} what="ownSessions">
      {(list) => (
        <>
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-[72ch] text-muted">{t('text')}</p>
            {list.length > 1 && (
              <Button className="control" onPress={() => setAsked('others')}>
                {t('endOthers')}
              </Button>
            )}
          </div>
          <SessionsTable sessions={list} onEnd={setAsked} />
          {list.length === 1 && <p className="mt-3 text-muted">{t('onlyThis')}</p>}
          {asked !== null && (
            <ConfirmDialog
              title={asked === 'others' ? t('endOthersTitle', { count: list.length - 1 }) : t('endTitle')}
              action={asked === 'others' ? t('endOthers') : t('end')}
              onClose={() => setAsked(null)}
              onConfirm={async () => {
                if (asked === 'others') return ended((await endOtherSessions()).revoked);
                await endSession(asked.id);
                return ended(1);
              }}
            >
              <p>{t('endText')}</p>
            </ConfirmDialog>
          )}
        </>
      )}
    </Answer>
  );
}

interface SessionsTableProps {
  sessions: readonly OwnSession[];
  onEnd: (session: OwnSession) => void;
}

function SessionsTable({ sessions, onEnd }: SessionsTableProps) {
  const t = useTranslations('profile.sessions');
  const methodWord = (method: string) =>
    t.has(`methods.${method as 'totp'}`) ? t(`methods.${method as 'totp'}`) : method;
  return (
    <SortedTable
      label={t('title')}
      rows={sessions}
      rowId={({ id }) => id}
      initial={{ column: 'active', direction: 'descending' }}
      minWidth={720}
      columns={[
        {
          id: 'browser',
          title: t('columns.browser'),
          isRowHeader: true,
          sortBy: ({ userAgent }) => browserName(userAgent ?? ''),
          cell: ({ userAgent, current }) => (
            <>
              {browserName(userAgent ?? '') || t('unknown')}
              {current && <span className="ml-2 text-meta font-medium text-good">{t('this')}</span>}
            </>
          ),
        },
        {
          id: 'address',
          title: t('columns.address'),
          cell: ({ address }) => address ?? '–',
          sortBy: (row) => row.address,
        },
        {
          id: 'methods',
          title: t('columns.methods'),
          cell: ({ methods }) => methods.map(methodWord).join(t('separator')),
        },
        {
          id: 'active',
          title: t('columns.active'),
          sortBy: ({ lastActiveAt }) => Date.parse(lastActiveAt),
          cell: ({ lastActiveAt }) => <Moment at={lastActiveAt} />,
        },
        {
          id: 'created',
          title: t('columns.created'),
          sortBy: ({ createdAt }) => Date.parse(createdAt),
          cell: ({ createdAt }) => <Moment at={createdAt} />,
        },
        {
          id: 'end',
          title: t('columns.actions'),
          cell: (session) =>
            session.current ? null : (
              <Button
                className="control control-small"
                aria-label={t('endOf', { browser: browserName(session.userAgent ?? '') || t('unknown') })}
                onPress={() => onEnd(session)}
              >
                {t('end')}
              </Button>
            ),
        },
      ]}
    />
  );
}
