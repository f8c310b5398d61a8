'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readKeys, revokeKey, type AccessKey, type AccessKeyWithSecret } from '../api-client/keys.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { EncodingDialog } from './encoding-dialog.tsx';
import { KeysFrame } from './keys-frame.tsx';
import { KeySecret } from './key-secret.tsx';
import { KeysTable, type KeyAction } from './keys-table.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

/** Keys of programs, of one kind: those that only write or those that only read. A secret is seen once, when it is made. */
export function KeysPage({ kind }: { kind: AccessKey['kind'] }) {
  const t = useTranslations('keys');
  const notify = useNotify();
  const client = useQueryClient();
  const [former, setFormer] = useState(false);
  const [creating, setCreating] = useState(false);
  const [shown, setShown] = useState<AccessKeyWithSecret | null>(null);
  const [asked, setAsked] = useState<{ action: KeyAction; key: AccessKey } | null>(null);
  const keys = useQuery({ queryKey: ['access-keys'], queryFn: ({ signal }) => readKeys(signal) });
  const refresh = () => client.invalidateQueries({ queryKey: ['access-keys'] });
  const ofKind = (keys.data ?? []).filter((key) => key.kind === kind);
  const active = ofKind.filter(({ status }) => status === 'active');
  const listed = former ? ofKind : active;
  const create = (
    <Button className="control control-primary" onPress={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  return (
    <KeysFrame
      kind={kind}
      {...(keys.data ? { status: t('count', { count: active.length }) } : {})}
      actions={ofKind.length > 0 && create}
    >
      <Answer of={keys} what="keys">
        {() =>
          ofKind.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t(`emptyTexts.${kind}`)} action={create} />
          ) : (
            <div className="grid gap-3">
              {ofKind.length > active.length && (
                <SwitchField
                  label={t('showFormer', { count: ofKind.length - active.length })}
                  value={former}
                  onChange={setFormer}
                />
              )}
              {listed.length === 0 ? (
                <EmptyState title={t('noneActiveTitle')} text={t('noneActiveText')} />
              ) : (
                <KeysTable
                  label={t(`titles.${kind}`)}
                  kind={kind}
                  keys={listed}
                  readAt={keys.dataUpdatedAt}
                  onAction={(action, key) => setAsked({ action, key })}
                />
              )}
            </div>
          )
        }
      </Answer>
      {creating && (
        <NewKeyDialog
          kind={kind}
          onClose={() => setCreating(false)}
          onDone={async (made) => {
            await refresh();
            setShown(made);
          }}
        />
      )}
      {asked?.action === 'rotate' && (
        <RotateDialog
          of={asked.key}
          onClose={() => setAsked(null)}
          onDone={async (made) => {
            await refresh();
            setShown(made);
          }}
        />
      )}
      {asked?.action === 'encoding' && (
        <EncodingDialog
          of={asked.key}
          onClose={() => setAsked(null)}
          onDone={async () => {
            await refresh();
            notify({ text: t('encodingChanged', { name: asked.key.name }) });
          }}
        />
      )}
      {asked?.action === 'revoke' && (
        <ConfirmDialog
          title={t('revokeTitle', { name: asked.key.name })}
          action={t('revoke')}
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await revokeKey(asked.key.id);
            await refresh();
            notify({ text: t('revoked', { name: asked.key.name }) });
          }}
        >
          <p>{t('revokeText')}</p>
        </ConfirmDialog>
      )}
      {shown && <KeySecret made={shown} onClose={() => setShown(null)} />}
    </KeysFrame>
  );
}
