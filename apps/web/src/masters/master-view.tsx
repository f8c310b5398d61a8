'use client';

import { useQueryClient } from '@tanstack/react-query';
import { FileUp, History, Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import {
  addMasterRow,
  changeMasterRow,
  endMasterRow,
  masterExportPath,
  type Master,
  type MasterRow,
} from '../api-client/masters.ts';
import { CsvDownload } from '../csv/csv-download.tsx';
import { useNotify } from '../forms/notices.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { EndRowDialog } from './end-row-dialog.tsx';
import { MasterRows } from './master-rows.tsx';
import { RowDialog } from './row-dialog.tsx';
import { RowHistory } from './row-history.tsx';
import { RowsFilterFields } from './rows-filter-fields.tsx';
import { useMastersState } from './use-masters-state.ts';
import { Versions } from './versions.tsx';

const ImportDialog = lazy(() => import('./import-dialog.tsx'));

type Dialog = { kind: 'import' | 'add' } | { kind: 'change' | 'end' | 'history'; row: MasterRow };

/** One table: its rows or its versions, and what may be done to it. */
export function MasterView({ master }: { master: Master }) {
  const t = useTranslations('masters');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const mayManage = mayDo(useSession(), 'masters.manage');
  const notify = useNotify();
  const client = useQueryClient();
  const [{ view, at, version }, set] = useMastersState();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const done = async (text: string) => {
    await client.invalidateQueries({ queryKey: ['masters'] });
    notify({ text });
  };
  const isNewest = version === null;
  const title = master.title[language];
  const importButton = (
    <Button className="control control-primary" onPress={() => setDialog({ kind: 'import' })}>
      <FileUp size={16} aria-hidden />
      {t('import')}
    </Button>
  );
  const isEmpty = master.version === 0;
  return (
    <div className="grid gap-4">
      {isEmpty ? (
        <EmptyState
          title={t('emptyTitle', { table: title })}
          text={`${t(`about.${aboutKey(master)}`)} ${t(mayManage ? 'emptyText' : 'emptyForReaders')}`}
          {...(mayManage ? { action: importButton } : {})}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-end gap-x-4 gap-y-2 print:hidden">
            <div className="flex-1 basis-80 self-center">
              <p className="max-w-[72ch] text-muted">{t(`about.${aboutKey(master)}`)}</p>
            </div>
            <Button className="control" onPress={() => void set({ view: view === 'versions' ? 'rows' : 'versions' })}>
              <History size={16} aria-hidden />
              {t(view === 'versions' ? 'showRows' : 'showVersions')}
            </Button>
            <CsvDownload path={masterExportPath(master.name, { at, version })} fileName={master.name} />
            {mayManage && isNewest && (
              <Button className="control" onPress={() => setDialog({ kind: 'add' })}>
                <Plus size={16} aria-hidden />
                {t('add')}
              </Button>
            )}
            {mayManage && isNewest && importButton}
          </div>
          {!isNewest && (
            <p role="status" className="flex flex-wrap items-center gap-3 border-l-2 border-attention pl-3">
              {t('earlier', { version })}
              <Button className="control control-small" onPress={() => void set({ version: null })}>
                {t('newest')}
              </Button>
            </p>
          )}
          {view === 'versions' ? (
            <Versions master={master} />
          ) : (
            <>
              <RowsFilterFields />
              <MasterRows
                master={master}
                mayManage={mayManage && isNewest}
                onAct={(kind, row) => setDialog({ kind, row })}
              />
            </>
          )}
        </>
      )}
      {dialog?.kind === 'import' && (
        <Suspense>
          <ImportDialog master={master} onClose={close} onDone={(text) => void done(text)} />
        </Suspense>
      )}
      {dialog?.kind === 'add' && (
        <RowDialog
          master={master}
          title={t('addTitle', { table: title })}
          action={t('addAction')}
          onSubmit={(values) => addMasterRow(master.name, values)}
          onClose={close}
          onDone={() => void done(t('added'))}
        />
      )}
      {dialog?.kind === 'change' && (
        <RowDialog
          master={master}
          row={dialog.row}
          title={t('changeTitle')}
          action={t('save')}
          onSubmit={(values) => changeMasterRow(master.name, dialog.row.id, values)}
          onClose={close}
          onDone={() => void done(t('changed'))}
        />
      )}
      {dialog?.kind === 'end' && (
        <EndRowDialog
          master={master}
          row={dialog.row}
          onSubmit={(moment) => endMasterRow(master.name, dialog.row.id, moment)}
          onClose={close}
          onDone={() => void done(t('ended'))}
        />
      )}
      {dialog?.kind === 'history' && <RowHistory master={master} row={dialog.row} onClose={close} />}
    </div>
  );
}

const described = ['people', 'common-ids', 'user-devices', 'dhcp-leases', 'approvals', 'assets'] as const;

function aboutKey({ name }: Master): (typeof described)[number] | 'own' {
  return described.find((each) => each === name) ?? 'own';
}
