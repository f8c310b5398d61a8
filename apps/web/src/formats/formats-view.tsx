'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { deactivateFormat, readFormats, type OwnFormat } from '../api-client/formats.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ActivateDialog } from './activate-dialog.tsx';
import { newDefinition } from './editor-state.ts';
import { FormatEditor } from './format-editor.tsx';
import { FormatsTable } from './formats-table.tsx';
import { newFormat } from './new-format.ts';

/** How an organisation has its own lines read: its formats, and the editor of one. */
export default function FormatsView({ lines }: { lines: readonly string[] }) {
  const t = useTranslations('formats');
  const notify = useNotify();
  const client = useQueryClient();
  const [edited, setEdited] = useQueryState('format', parseAsString.withOptions({ history: 'push' }));
  const [activated, setActivated] = useState<OwnFormat | null>(null);
  const [ended, setEnded] = useState<OwnFormat | null>(null);
  const formats = useQuery({ queryKey: ['formats'], queryFn: ({ signal }) => readFormats(signal) });
  const refresh = () => client.invalidateQueries({ queryKey: ['formats'] });
  const create = (
    <Button className="control control-primary" onPress={() => void setEdited(newFormat)}>
      {t('create')}
    </Button>
  );
  const list = (items: readonly OwnFormat[]) =>
    items.length === 0 ? (
      <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={create} />
    ) : (
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <p className="max-w-[72ch] flex-1 text-muted">{t('text')}</p>
          {create}
        </div>
        <FormatsTable
          formats={items}
          onEdit={({ id }) => void setEdited(id)}
          onActivate={setActivated}
          onDeactivate={setEnded}
        />
      </div>
    );
  return (
    <Answer of={formats} what="formats">
      {(items) => {
        const found = items.find(({ id }) => id === edited);
        return (
          <>
            {edited === newFormat || found !== undefined ? (
              <FormatEditor
                key={edited}
                initial={found?.versions[0]?.definition ?? newDefinition()}
                isNew={found === undefined}
                lines={found === undefined ? lines : []}
                taken={items.map(({ id }) => id)}
                onClose={() => void setEdited(null)}
                onSaved={async ({ id, version }) => {
                  await refresh();
                  await setEdited(null);
                  notify({ text: t('saved', { name: id, version }) });
                  const now = client.getQueryData<OwnFormat[]>(['formats']);
                  setActivated(now?.find((each) => each.id === id) ?? null);
                }}
              />
            ) : (
              list(items)
            )}
            {activated !== null && (
              <ActivateDialog
                format={activated}
                onClose={() => setActivated(null)}
                onDone={async () => {
                  await refresh();
                  notify({ text: t('activated', { name: activated.id }) });
                }}
              />
            )}
            {ended !== null && (
              <ConfirmDialog
                title={t('deactivateTitle', { name: ended.id })}
                action={t('deactivate')}
                onClose={() => setEnded(null)}
                onConfirm={async () => {
                  await deactivateFormat(ended.id);
                  await refresh();
                  notify({ text: t('deactivated', { name: ended.id }) });
                }}
              >
                <p>{t('deactivateFollows')}</p>
              </ConfirmDialog>
            )}
          </>
        );
      }}
    </Answer>
  );
}
