'use client';

import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { readCertificate, type Deletion } from '../api-client/deletions.ts';
import { useSaving } from '../csv/use-saving.ts';
import { useBytes } from '../organisation/use-bytes.ts';
import { requirementOf } from './requirement-of.ts';
import { Moment } from '../time/moment.tsx';

const files = [
  { format: 'pdf', language: 'ja' },
  { format: 'pdf', language: 'en' },
  { format: 'json', language: 'en' },
] as const;

/** One disposal: how much of what time, why it was due, where its statement stands, and its certificates. */
export function DeletionItem({ deletion }: { deletion: Deletion }) {
  const t = useTranslations('deletions');
  const format = useFormatter();
  const bytes = useBytes();
  const { createdAt, removedAt, records, firstReceived, lastReceived, logGroups, policies } = deletion;
  const requirement = requirementOf(deletion.rule.requirement);
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-80">
        <p className="font-medium">
          {t('amount', { records: format.number(records), blocks: format.number(deletion.blockCount) })}
          {deletion.bytes !== null && <span className="ml-3 font-normal text-muted">{bytes(deletion.bytes)}</span>}
        </p>
        <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6">
          {firstReceived !== null && lastReceived !== null && (
            <Row name={t('received')}>
              {t.rich('period', { from: () => <Moment at={firstReceived} />, to: () => <Moment at={lastReceived} /> })}
            </Row>
          )}
          {logGroups.length > 0 && (
            <Row name={t('logGroups')}>
              <code className="font-mono text-record">{logGroups.join(', ')}</code>
            </Row>
          )}
          <Row name={t('rule')}>
            {t.rich('dueOn', { policies: policies.join(', '), at: () => <Moment at={deletion.due} /> })}{' '}
            {requirement !== null && <span className="text-meta text-muted">{t('requirement', requirement)}</span>}
          </Row>
          <Row name={t('statement')}>{t('entry', { entry: deletion.entry, blocks: deletion.blocks })}</Row>
          <Row name={t('sealed')}>
            <Moment at={createdAt} />
          </Row>
          <Row name={t('removed')}>
            {removedAt === null ? <span className="text-muted">{t('underWay')}</span> : <Moment at={removedAt} />}
          </Row>
        </dl>
      </div>
      <Certificates deletion={deletion} />
    </li>
  );
}

function Certificates({ deletion: { id, entry, createdAt } }: { deletion: Deletion }) {
  const t = useTranslations('deletions');
  const { pending, save } = useSaving({ failed: (why) => t('certificateFailed', { why }) });
  return (
    <span className="flex flex-wrap gap-2" role="group" aria-label={t('certificate')}>
      {files.map(({ format, language }) => {
        const name = `disposal-${createdAt.slice(0, 10)}-${entry}${format === 'pdf' ? `-${language}` : ''}.${format}`;
        const label = t(format === 'json' ? 'files.json' : `files.pdf_${language}`);
        return (
          <Button
            key={name}
            className="control control-small"
            aria-label={t('saveNamed', { file: label, entry })}
            isPending={pending === name}
            onPress={() => void save(name, () => readCertificate(id, format, language))}
          >
            <Download size={12} aria-hidden />
            {label}
          </Button>
        );
      })}
    </span>
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
