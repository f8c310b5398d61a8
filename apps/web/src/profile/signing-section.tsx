'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { endSigningCredential, readSigningCredentials, type SigningCredential } from '../api-client/signing.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { AddSigningDialog } from './add-signing-dialog.tsx';

/** While one is being sealed: a seal takes a minute by default. */
const sealingMs = 5_000;

type Asked = { kind: 'add' } | { kind: 'end'; credential: SigningCredential };

/** The authenticators that sign log reviews for the person, apart from those that sign them in. */
export function SigningSection() {
  const t = useTranslations('profile.signing');
  const notify = useNotify();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const credentials = useQuery({
    queryKey: ['signing-credentials'],
    queryFn: ({ signal }) => readSigningCredentials(signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isSealing) === true ? sealingMs : false),
  });
  const changed = async (text: string) => {
    await client.invalidateQueries({ queryKey: ['signing-credentials'] });
    notify({ text });
  };
  const close = () => setAsked(null);
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-medium">{t('title')}</h2>
        <Button className="control" onPress={() => setAsked({ kind: 'add' })}>
          {t('add')}
        </Button>
      </div>
      <p className="mb-2 text-muted">{t('note')}</p>
      <Answer of={credentials} what="signingCredentials">
        {({ items, mustBeDeviceBound }) => (
          <>
            {mustBeDeviceBound && <p className="mb-2 text-muted">{t('deviceBoundNote')}</p>}
            {items.length === 0 ? (
              <p className="border-t border-line py-2 text-muted">{t('none')}</p>
            ) : (
              <ul className="border-t border-line">
                {items.map((credential) => (
                  <CredentialRow
                    key={credential.id}
                    credential={credential}
                    onEnd={() => setAsked({ kind: 'end', credential })}
                  />
                ))}
              </ul>
            )}
          </>
        )}
      </Answer>
      {asked?.kind === 'add' && (
        <AddSigningDialog onClose={close} onAdded={() => void changed(t('added')).then(close)} />
      )}
      {asked?.kind === 'end' && (
        <ConfirmDialog
          title={t('endTitle', { name: asked.credential.name })}
          action={t('end')}
          onClose={close}
          onConfirm={async () => {
            await endSigningCredential(asked.credential.id);
            await changed(t('ended', { name: asked.credential.name }));
          }}
        >
          <p>{t('endText')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

const isSealing = ({ state }: SigningCredential): boolean => state === 'sealing';

function CredentialRow({ credential, onEnd }: { credential: SigningCredential; onEnd: () => void }) {
  const t = useTranslations('profile.signing');
  const { name, state, isSynced, createdAt, lastUsedAt, endedAt } = credential;
  return (
    <li className="flex items-start gap-3 border-b border-line py-2">
      <PenLine size={16} aria-hidden className="mt-1 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {name} <span className="ml-2 font-normal text-muted">{t(isSynced ? 'synced' : 'deviceBound')}</span>
        </p>
        <p className="text-meta text-muted">
          {t(`states.${state}`)}
          <span className="mx-2">·</span>
          {t('lastUsed')} <Moment at={lastUsedAt} precision="minute" none={t('neverUsed')} />
          <span className="mx-2">·</span>
          {t('created')} <Moment at={createdAt} precision="minute" />
        </p>
        {endedAt !== null && (
          <p className="text-meta text-muted">
            {t('endedAt')} <Moment at={endedAt} precision="minute" />
          </p>
        )}
      </div>
      {endedAt === null && (
        <Button className="control control-small" aria-label={t('endOf', { name })} onPress={onEnd}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}
