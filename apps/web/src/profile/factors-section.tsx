'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readFactors, removeFactor, type Factor } from '../api-client/profile.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { AddFactorDialog } from './add-factor-dialog.tsx';
import { RenameFactorDialog } from './rename-factor-dialog.tsx';
import { RecoveryCodesSection } from './recovery-codes-section.tsx';

type Asked = { kind: 'add' } | { kind: 'rename' | 'remove'; factor: Factor };

export function FactorsSection({ email }: { email: string }) {
  const t = useTranslations('profile.factors');
  const notify = useNotify();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const factors = useQuery({ queryKey: ['factors'], queryFn: ({ signal }) => readFactors(signal) });
  const changed = async (text: string) => {
    await client.invalidateQueries({ queryKey: ['factors'] });
    await client.invalidateQueries({ queryKey: ['profile'] });
    notify({ text });
  };
  const close = () => setAsked(null);
  return (
    <>
      <section>
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <h2 className="font-medium">{t('title')}</h2>
          <Button className="control" onPress={() => setAsked({ kind: 'add' })}>
            {t('add')}
          </Button>
        </div>
        <Answer of={factors} what="factors">
          {({ items }) => (
            <ul className="border-t border-line">
              {items.map((factor) => (
                <FactorRow
                  key={factor.id}
                  factor={factor}
                  isOnly={items.length === 1}
                  onRename={() => setAsked({ kind: 'rename', factor })}
                  onRemove={() => setAsked({ kind: 'remove', factor })}
                />
              ))}
            </ul>
          )}
        </Answer>
      </section>
      {factors.data && <RecoveryCodesSection email={email} left={factors.data.recoveryCodesLeft} onRenewed={changed} />}
      {asked?.kind === 'add' && (
        <AddFactorDialog email={email} onClose={close} onAdded={() => void changed(t('added')).then(close)} />
      )}
      {asked?.kind === 'rename' && (
        <RenameFactorDialog factor={asked.factor} onClose={close} onDone={(name) => changed(t('renamed', { name }))} />
      )}
      {asked?.kind === 'remove' && (
        <ConfirmDialog
          title={t('removeTitle', { name: asked.factor.name })}
          action={t('remove')}
          problemWords={{ 'factor-last': t('last') }}
          onClose={close}
          onConfirm={async () => {
            await removeFactor(asked.factor.id);
            await changed(t('removed', { name: asked.factor.name }));
          }}
        >
          <p>{t('removeText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

interface FactorRowProps {
  factor: Factor;
  isOnly: boolean;
  onRename: () => void;
  onRemove: () => void;
}

function FactorRow({ factor, isOnly, onRename, onRemove }: FactorRowProps) {
  const t = useTranslations('profile.factors');
  const Icon = factor.kind === 'passkey' ? KeyRound : Smartphone;
  return (
    <li className="flex items-start gap-3 border-b border-line py-2">
      <Icon size={16} aria-hidden className="mt-1 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {factor.name} <span className="ml-2 font-normal text-muted">{t(`kinds.${factor.kind}`)}</span>
        </p>
        <p className="text-meta text-muted">
          {t('lastUsed')} <Moment at={factor.lastUsedAt} precision="minute" none={t('neverUsed')} />
          <span className="mx-2">·</span>
          {t('created')} <Moment at={factor.createdAt} precision="minute" />
        </p>
        {isOnly && <p className="text-meta text-muted">{t('onlyNote')}</p>}
      </div>
      <Button className="control control-small" aria-label={t('renameOf', { name: factor.name })} onPress={onRename}>
        {t('rename')}
      </Button>
      {!isOnly && (
        <Button className="control control-small" aria-label={t('removeOf', { name: factor.name })} onPress={onRemove}>
          {t('remove')}
        </Button>
      )}
    </li>
  );
}
