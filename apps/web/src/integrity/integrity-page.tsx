'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import {
  readBlocks,
  readCheckpoint,
  readVerificationProgress,
  readVerifications,
  type LogStanding,
} from '../api-client/integrity.ts';
import { Page } from '../frame/page.tsx';
import { SealMark } from '../seal/seal-mark.tsx';
import { useStanding } from '../seal/use-standing.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { CommandLine } from '../states/command-line.tsx';
import { NotPermitted } from '../states/not-permitted.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Moment } from '../time/moment.tsx';
import { useZone } from '../time/use-zone.tsx';
import { CheckpointsSection } from './checkpoints-section.tsx';
import { BlocksTable } from './blocks-table.tsx';
import { KeysSection } from './keys-section.tsx';
import { ProgressList } from './progress-list.tsx';
import { VerificationsList } from './verifications-list.tsx';

/** What the log is as a whole, by the last verification. */
function StandingWord({ standing }: { standing: LogStanding }) {
  const t = useTranslations('integrity');
  const { verifiedAt } = standing;
  const state = { none: 'sealed', unreadable: 'sealed', altered: 'mismatch', proven: 'proven' } as const;
  return (
    <p className="mt-1 mb-4 flex flex-wrap items-center gap-x-2">
      <SealMark state={state[standing.outcome]} withWord />
      {verifiedAt !== null && (
        <span className="text-meta text-muted">{t.rich('provenUntil', { at: () => <Moment at={verifiedAt} /> })}</span>
      )}
    </p>
  );
}

export function IntegrityPage() {
  const t = useTranslations('integrity');
  const format = useFormatter();
  const { zone } = useZone();
  const standing = useStanding();
  const session = useSession();
  const checkpoint = useQuery({
    queryKey: ['checkpoint'],
    queryFn: ({ signal }) => readCheckpoint(signal),
    refetchInterval: 30_000,
  });
  const blocks = useQuery({
    queryKey: ['blocks'],
    queryFn: ({ signal }) => readBlocks(signal),
    refetchInterval: 30_000,
  });
  const verifications = useQuery({
    queryKey: ['verifications'],
    queryFn: ({ signal }) => readVerifications(signal),
    refetchInterval: 30_000,
  });
  const progress = useQuery({
    queryKey: ['verification-progress'],
    queryFn: ({ signal }) => readVerificationProgress(signal),
    refetchInterval: 30_000,
  });
  if (!mayDo(session, 'integrity.read')) {
    return (
      <Page title={t('title')}>
        <NotPermitted />
      </Page>
    );
  }
  return (
    <Page title={t('title')}>
      <Answer of={checkpoint} what="integrity">
        {(log) => (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <section>
              <p className="flex items-baseline gap-3">
                <span className="text-figure">{format.number(log.treeSize)}</span>
                {t('logSize', { count: log.treeSize })}
              </p>
              {standing && <StandingWord standing={standing} />}
              {progress.data && <ProgressList progress={progress.data} />}
              <h2 className="mb-1 font-medium">{t('checkpoint')}</h2>
              <p className="mb-2 text-meta text-muted">{t('checkpointNote')}</p>
              <ScrollRegion
                preformatted
                label={t('checkpoint')}
                className="overflow-auto border border-line bg-sunken p-3 font-mono text-record"
              >
                {log.note ?? t('noBlocks')}
              </ScrollRegion>
            </section>
            <section className="min-w-0">
              <h2 className="mb-1 font-medium">{t('offline')}</h2>
              <p className="mb-2 max-w-[72ch]">{t('offlineText')}</p>
              <CommandLine
                label={t('offline')}
                command={`npx akashi-verify archive/${session.tenant.id} \\\n  --key '${log.verifierKey}'`}
              />
              <p className="mt-2 mb-6 text-meta text-muted">{t('offlineNote')}</p>
              {verifications.data && <VerificationsList verifications={verifications.data} zone={zone} />}
            </section>
            <CheckpointsSection />
            <KeysSection />
            <section className="min-w-0 lg:col-span-2">
              <h2 className="mb-2 font-medium">{t('blocks')}</h2>
              <Answer of={blocks} what="integrity">
                {(list) => <BlocksTable blocks={list} zone={zone} />}
              </Answer>
            </section>
          </div>
        )}
      </Answer>
    </Page>
  );
}
