'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { readMasters, type Master } from '../api-client/masters.ts';
import { useNotify } from '../forms/notices.tsx';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { MasterView } from './master-view.tsx';
import { useMastersState } from './use-masters-state.ts';

const NewMasterDialog = lazy(() => import('./new-master-dialog.tsx'));

/** Tables that say whose act an event was: who had which account, device and address at what time. */
export function MastersPage() {
  const t = useTranslations('masters');
  const mayManage = mayDo(useSession(), 'masters.manage');
  const masters = useQuery({ queryKey: ['masters', 'tables'], queryFn: ({ signal }) => readMasters(signal) });
  return (
    <Page title={t('title')} {...(mayManage ? { actions: <NewMaster /> } : {})}>
      <Answer of={masters} what="masters">
        {(tables) => <Tables tables={tables} />}
      </Answer>
    </Page>
  );
}

function Tables({ tables }: { tables: readonly Master[] }) {
  const t = useTranslations('masters');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const [{ table }, set] = useMastersState();
  const shown = tables.find(({ name }) => name === table) ?? tables[0];
  if (shown === undefined) return null;
  return (
    <TabPages
      label={t('tables')}
      value={shown.name}
      onChange={(name) => void set({ table: name, at: null, q: null, version: null, view: null })}
      tabs={tables.map((master) => ({
        id: master.name,
        label: `${master.title[language]} ${master.rows === 0 ? '' : t('rowsInTab', { count: master.rows })}`.trim(),
        content: () => <MasterView key={master.name} master={master} />,
      }))}
    />
  );
}

function NewMaster() {
  const t = useTranslations('masters.own');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const client = useQueryClient();
  const notify = useNotify();
  const [, set] = useMastersState();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button className="control" onPress={() => setOpen(true)}>
        <Plus size={16} aria-hidden />
        {t('open')}
      </Button>
      {isOpen && (
        <Suspense>
          <NewMasterDialog
            onClose={() => setOpen(false)}
            onDone={async (master) => {
              await client.invalidateQueries({ queryKey: ['masters'] });
              await set({ table: master.name, at: null, q: null, version: null, view: null });
              notify({ text: t('created', { table: master.title[language] }) });
            }}
          />
        </Suspense>
      )}
    </>
  );
}
