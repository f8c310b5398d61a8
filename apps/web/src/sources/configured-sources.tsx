'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import {
  changeSource,
  createSource,
  disableSource,
  enableSource,
  readConfiguredSources,
  type SourceSettings,
} from '../api-client/source-settings.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { encodingLabel } from '../senders/encoding-options.ts';
import { SourceConnection } from './source-connection.tsx';
import { SourceDialog } from './source-dialog.tsx';

type Dialog = { kind: 'create' } | { kind: 'change' | 'disable' | 'connect'; source: SourceSettings };

/** Senders without a key, known by address or certificate: what they are called, and where their lines go. */
export default function ConfiguredSources() {
  const t = useTranslations('sourceSettings');
  const notify = useNotify();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const sources = useQuery({
    queryKey: ['sources', 'configured'],
    queryFn: ({ signal }) => readConfiguredSources(signal),
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['sources'] });
  const enable = async (source: SourceSettings) => {
    await enableSource(source.id);
    await refresh();
    notify({ text: t('enabled', { name: source.name }) });
  };
  const create = (
    <Button className="control control-primary" onPress={() => setDialog({ kind: 'create' })}>
      {t('create')}
    </Button>
  );
  return (
    <>
      <Answer of={sources} what="sources">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={create} />
          ) : (
            <div className="grid gap-3">
              <div className="flex flex-wrap items-center justify-between gap-4">
                <p className="max-w-[72ch] flex-1 text-muted">{t('text')}</p>
                {create}
              </div>
              <SortedTable
                label={t('title')}
                rows={list}
                rowId={({ id }) => id}
                initial={{ column: 'name', direction: 'ascending' }}
                minWidth={880}
                columns={[
                  {
                    id: 'name',
                    title: t('columns.name'),
                    isRowHeader: true,
                    sortBy: ({ name }) => name,
                    cell: ({ name, status }) => (
                      <>
                        {name}
                        {status !== 'active' && <span className="ml-2 text-attention">{t(status)}</span>}
                      </>
                    ),
                  },
                  {
                    id: 'from',
                    title: t('columns.from'),
                    sortBy: ({ addressRange }) => addressRange,
                    cell: ({ addressRange, certificateFingerprint }) => (
                      <span className="font-mono text-record">
                        {addressRange}
                        {certificateFingerprint !== null && (
                          <span className="block max-w-[24ch] truncate" title={certificateFingerprint}>
                            {certificateFingerprint}
                          </span>
                        )}
                      </span>
                    ),
                  },
                  {
                    id: 'logGroup',
                    title: t('columns.logGroup'),
                    sortBy: ({ logGroup }) => logGroup,
                    cell: ({ logGroup }) => <span className="font-mono text-record">{logGroup}</span>,
                  },
                  {
                    id: 'timeZone',
                    title: t('columns.timeZone'),
                    sortBy: ({ timeZone }) => timeZone,
                    cell: ({ timeZone }) => timeZone ?? t('organisationZone'),
                  },
                  {
                    id: 'encoding',
                    title: t('encodingField'),
                    sortBy: ({ encoding }) => encodingLabel(encoding),
                    cell: ({ encoding }) => encodingLabel(encoding),
                  },
                  {
                    id: 'actions',
                    title: t('columns.actions'),
                    cell: (source) => (
                      <span className="flex gap-2">
                        <Button
                          className="control control-small"
                          aria-label={t('connectNamed', { name: source.name })}
                          onPress={() => setDialog({ kind: 'connect', source })}
                        >
                          {t('connect')}
                        </Button>
                        <Button
                          className="control control-small"
                          aria-label={t('changeNamed', { name: source.name })}
                          onPress={() => setDialog({ kind: 'change', source })}
                        >
                          {t('change')}
                        </Button>
                        {source.status !== 'disabled' ? (
                          <Button
                            className="control control-small text-bad"
                            aria-label={t('disableNamed', { name: source.name })}
                            onPress={() => setDialog({ kind: 'disable', source })}
                          >
                            {t('disable')}
                          </Button>
                        ) : (
                          <Button
                            className="control control-small"
                            aria-label={t('enableNamed', { name: source.name })}
                            onPress={() => void enable(source)}
                          >
                            {t('enable')}
                          </Button>
                        )}
                      </span>
                    ),
                  },
                ]}
              />
            </div>
          )
        }
      </Answer>
      {dialog?.kind === 'create' && (
        <SourceDialog
          title={t('createTitle')}
          action={t('createAction')}
          onSubmit={createSource}
          onClose={() => setDialog(null)}
          onDone={(source) => {
            void refresh();
            setDialog({ kind: 'connect', source });
          }}
        />
      )}
      {dialog?.kind === 'change' && (
        <SourceDialog
          title={t('changeTitle', { name: dialog.source.name })}
          action={t('save')}
          initial={dialog.source}
          onSubmit={(values) => changeSource(dialog.source.id, values)}
          onClose={() => setDialog(null)}
          onDone={async () => {
            await refresh();
            notify({ text: t('saved') });
          }}
        />
      )}
      {dialog?.kind === 'disable' && (
        <ConfirmDialog
          title={t('disableTitle', { name: dialog.source.name })}
          action={t('disable')}
          onClose={() => setDialog(null)}
          onConfirm={async () => {
            await disableSource(dialog.source.id);
            await refresh();
            notify({ text: t('disabledNow', { name: dialog.source.name }) });
          }}
        >
          <p>{t('disableText')}</p>
        </ConfirmDialog>
      )}
      {dialog?.kind === 'connect' && <SourceConnection source={dialog.source} onClose={() => setDialog(null)} />}
    </>
  );
}
