'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { confirmRecoveryExport, readInstallationKeys, type InstallationKeys } from '../api-client/encryption-keys.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { CommandLine } from '../states/command-line.tsx';
import { Moment } from '../time/moment.tsx';

/** Where the installation key is, and whether a lost disk would take the keys with it. */
export function KeysStanding() {
  const t = useTranslations('platform.keys');
  const keys = useQuery({
    queryKey: ['platform', 'keys'],
    queryFn: ({ signal }) => readInstallationKeys(signal),
    refetchInterval: 30_000,
  });
  return (
    <section>
      <h2 className="mb-2 font-medium">{t('title')}</h2>
      <Answer of={keys} what="platform">
        {(standing) => <Standing standing={standing} />}
      </Answer>
    </section>
  );
}

function Standing({ standing }: { standing: InstallationKeys }) {
  const t = useTranslations('platform.keys');
  const queries = useQueryClient();
  const mayConfirm = mayDo(useSession(), 'platform.manage');
  const [confirming, setConfirming] = useState(false);
  const { installationKey, recoveryExport, keysWithoutExport, isSafe } = standing;
  const isUnconfirmed = recoveryExport !== null && recoveryExport.confirmedAt === null && keysWithoutExport === 0;
  return (
    <div className="grid max-w-[72ch] grid-cols-[minmax(0,1fr)] gap-3">
      {isSafe ? (
        <p className="font-medium text-good">{t('safe')}</p>
      ) : (
        <div role="alert" className="grid grid-cols-[minmax(0,1fr)] gap-2 border border-bad p-3">
          <p className="font-medium text-bad">{t(isUnconfirmed ? 'unconfirmed' : 'unsafe')}</p>
          <p>{isUnconfirmed ? t('unconfirmedText') : t('unsafeText', { count: keysWithoutExport })}</p>
          {!isUnconfirmed && <CommandLine label={t('command')} command="npm run keys -- export --file FILE" />}
        </div>
      )}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1">
        <dt className="text-muted">{t('installationKey')}</dt>
        <dd>
          <code className="font-mono text-record">{installationKey.id}</code> {t(`sources.${installationKey.source}`)}
        </dd>
        <dt className="text-muted">{t('recoveryExport')}</dt>
        <dd>{recoveryExport === null ? t('none') : <Moment at={recoveryExport.at} />}</dd>
        {recoveryExport?.confirmedAt != null && (
          <>
            <dt className="text-muted">{t('confirmed')}</dt>
            <dd>
              <Moment at={recoveryExport.confirmedAt} /> {recoveryExport.confirmedBy}
            </dd>
          </>
        )}
      </dl>
      {isUnconfirmed && mayConfirm && (
        <Button className="control justify-self-start" onPress={() => setConfirming(true)}>
          {t('confirm')}
        </Button>
      )}
      {confirming && (
        <ConfirmDialog
          title={t('confirmTitle')}
          action={t('confirm')}
          onClose={() => setConfirming(false)}
          onConfirm={async () => queries.setQueryData(['platform', 'keys'], await confirmRecoveryExport())}
        >
          <p>{t('confirmFollows')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
