'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readKeyArrival, readKeyConfiguration, type AccessKeyWithSecret } from '../api-client/keys.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { SecretKept } from '../forms/secret-kept.tsx';
import { Arrival } from '../first-log/arrival.tsx';
import { SenderConfiguration } from '../senders/sender-configuration.tsx';
import { Answer } from '../states/answer.tsx';
import { CommandLine } from '../states/command-line.tsx';
import { Moment } from '../time/moment.tsx';

/** The secret, this once: it cannot be closed by accident, and what to do with it stands below. */
export function KeySecret({ made, onClose }: { made: AccessKeyWithSecret; onClose: () => void }) {
  const t = useTranslations('keys.secret');
  const { key, secret } = made;
  const isIngest = key.kind === 'ingest';
  const configuration = useQuery({
    queryKey: ['access-keys', key.id, 'configuration'],
    queryFn: ({ signal }) => readKeyConfiguration(key.id, signal),
    enabled: isIngest,
  });
  return (
    <DialogFrame title={t('title', { name: key.name })} width="wide">
      <div className="grid gap-4">
        <p className="font-medium text-attention">{t('once')}</p>
        <CommandLine label={t('label')} command={secret} />
        {key.formerEndsAt !== null && <p>{t.rich('former', { at: () => <Moment at={key.formerEndsAt} /> })}</p>}
        {isIngest && (
          <Answer of={configuration} what="keys">
            {(answer) => <SenderConfiguration configuration={answer} secret={secret} />}
          </Answer>
        )}
        {isIngest && <Arrival of={key.id} read={readKeyArrival} />}
        <SecretKept kept={t('kept')} done={t('done')} onDone={onClose} />
      </div>
    </DialogFrame>
  );
}
