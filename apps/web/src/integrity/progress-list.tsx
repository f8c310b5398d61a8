'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { VerificationProgress } from '../api-client/integrity.ts';
import { Moment } from '../time/moment.tsx';

type Pass = NonNullable<VerificationProgress['archive']>;

/** What was verified already, what is left of the passes over everything, and what is to be parsed again. */
export function ProgressList({ progress }: { progress: VerificationProgress }) {
  const t = useTranslations('integrity.progress');
  const { treeSize: size, provenSize: proven, archive, online, documents } = progress;
  const { records, outdated } = documents;
  return (
    <section aria-label={t('title')}>
      <h2 className="mb-1 font-medium">{t('title')}</h2>
      <p className="mb-2 max-w-[72ch] text-meta text-muted">{t('note')}</p>
      <dl className="mb-6 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1">
        <Row name={t('new')}>{t('newValue', { proven, size })}</Row>
        <Row name={t('online')}>
          <PassWord pass={online}>{online && t('onlineValue', { done: online.done, total: online.total })}</PassWord>
        </Row>
        <Row name={t('archive')}>
          <PassWord pass={archive}>
            {archive && t('archiveValue', { done: archive.done, total: archive.total })}
          </PassWord>
        </Row>
        <Row name={t('outdated')}>{outdated === 0 ? t('outdatedNone') : t('outdatedValue', { outdated, records })}</Row>
      </dl>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** A pass under way in figures; between two passes when the last one began. */
function PassWord({ pass, children }: { pass: Pass | null; children: ReactNode }) {
  const t = useTranslations('integrity.progress');
  if (pass === null) return t('none');
  if (pass.startedAt === null) {
    if (pass.wholeAt === null) return t('none');
    return t.rich('whole', { at: () => <Moment at={pass.wholeAt} /> });
  }
  return (
    <>
      {children} {t.rich('due', { at: () => <Moment at={pass.dueAt} /> })}
    </>
  );
}
