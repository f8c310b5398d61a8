'use client';

import { ScrollRegion } from '../states/scroll-region.tsx';
import { Check, Minus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Seal } from '@akashi/contracts';
import { ApiProblem } from '../api-client/api-problem.ts';
import type { EventRecord } from '../api-client/event.ts';
import { keepFile } from '../csv/keep-file.ts';
import { SealMark } from '../seal/seal-mark.tsx';
import { SealFacts } from './seal-facts.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { useVerification } from './use-verification.ts';
import type { VerifiedEvent } from './verify-event.ts';

export function IntegrityTab({ event, seal }: { event: EventRecord; seal: Seal }) {
  const t = useTranslations('proof');
  const verification = useVerification(event.id, event);
  const result = verification.data;
  const isAltered = verification.error instanceof ApiProblem && verification.error.code === 'evidence-altered';
  return (
    <>
      <SealFacts seal={seal} />
      <dl className="mb-4 grid grid-cols-[120px_minmax(0,1fr)]">
        <Fact title={t('block')} text={event.block === null ? t('notSealedYet') : String(event.block)} />
        {event.leaf !== null && <Fact title={t('leaf')} text={String(event.leaf)} />}
        {result?.leafHash && <Fact title={t('leafHash')} text={result.leafHash} mono />}
        {result?.root && <Fact title={t('root')} text={result.root} mono />}
        {result && <Fact title={t('logSize')} text={String(result.logSize ?? '')} />}
      </dl>
      <div className="mb-4 flex items-center gap-4">
        <Button
          className="control control-primary"
          onPress={() => {
            if (!verification.isFetching) void verification.refetch();
          }}
        >
          {verification.isFetching ? t('verifying') : t('verify')}
        </Button>
        {result && <SealMark state={result.ok ? 'proven' : 'mismatch'} size={20} withWord />}
        {isAltered && <SealMark state="mismatch" size={20} withWord />}
        <DownloadProof id={event.id} text={result?.tlogProof ?? null} />
      </div>
      {isAltered && <p className="mb-4 max-w-[72ch] font-medium text-bad">{t('evidenceAltered')}</p>}
      {verification.isError && !isAltered && (
        <ErrorState what="proof" error={verification.error} onRetry={() => void verification.refetch()} />
      )}
      {event.textHidden && <p className="mb-4 max-w-[72ch] border-l-2 border-edge pl-3">{t('withheldNote')}</p>}
      {result ? <Steps result={result} /> : <p className="text-meta text-muted">{t('note')}</p>}
      {result && (
        <details className="mt-4">
          <summary className="text-meta text-muted">{t('checkpoint')}</summary>
          <ScrollRegion
            preformatted
            label={t('checkpoint')}
            className="mt-1 overflow-auto border border-line bg-sunken p-3 font-mono text-record"
          >
            {result.checkpoint}
          </ScrollRegion>
        </details>
      )}
    </>
  );
}

/** For those who check without this page: once it is proven, and not of a line that is hidden. */
function DownloadProof({ id, text }: { id: string; text: string | null }) {
  const t = useTranslations('proof');
  if (text === null) return null;
  const keep = () => keepFile(new Blob([text], { type: 'text/plain;charset=utf-8' }), `${id}.tlog-proof`);
  return (
    <Button className="control" onPress={keep}>
      {t('download')}
    </Button>
  );
}

function Steps({ result }: { result: VerifiedEvent }) {
  const t = useTranslations('proof');
  const facts = { block: result.block ?? 0, records: result.records ?? 0, size: result.logSize ?? 0 };
  return (
    <section aria-live="polite">
      <p className={`mb-2 font-medium ${result.ok ? 'text-good' : 'text-bad'}`}>
        {result.ok ? t(result.leafHash === null ? 'allProven' : 'withheldProven') : t('notProven')}
      </p>
      <ol>
        {result.steps.map((step) => (
          <li key={step.code} className="flex gap-3 border-b border-line py-1.5">
            <StepOutcome ok={step.ok}>
              {t(`steps.${step.code}`, facts)}
              {step.code === 'fields-as-sealed' && result.differing.length > 0 && (
                <span className="block font-mono text-record">{result.differing.join(', ')}</span>
              )}
            </StepOutcome>
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepOutcome({ ok, children }: { ok: boolean | null; children: ReactNode }) {
  const t = useTranslations('proof');
  const Mark = ok === null ? Minus : ok ? Check : X;
  const colour = ok === null ? 'text-muted' : ok ? 'text-good' : 'text-bad';
  return (
    <>
      <Mark size={16} aria-hidden className={`mt-1 shrink-0 ${colour}`} />
      <span>
        <span className={`mr-2 font-medium ${colour}`}>{t(ok === null ? 'notChecked' : ok ? 'ok' : 'failed')}</span>
        {children}
      </span>
    </>
  );
}

function Fact({ title, text, mono = false }: { title: string; text: string; mono?: boolean }) {
  return (
    <>
      <dt className="border-b border-line py-1 text-muted">{title}</dt>
      <dd className={`border-b border-line py-1 ${mono ? 'font-mono text-record break-all' : ''}`}>{text}</dd>
    </>
  );
}
