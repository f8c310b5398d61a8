'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import { answerRecovery, lookUpRecovery, type RecoveryState, type RecoveryView } from '../api-client/recovery.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { SignInFrame } from '../sign-in/sign-in-frame.tsx';
import { StepTitle } from '../forms/step-title.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';

const onHashChange = (changed: () => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

/** The token stands behind `#`, which no browser sends: no server log and no other site ever has it. */
const readToken = () => window.location.hash.slice(1);

/** A contact of an organisation says whether somebody may become its administrator. */
export function RecoveryPage() {
  const t = useTranslations('recovery');
  const token = useSyncExternalStore(onHashChange, readToken, () => null);
  const [state, setState] = useState<RecoveryState | null>(null);
  const look = useQuery({
    queryKey: ['recovery', token],
    queryFn: () => lookUpRecovery(token ?? ''),
    enabled: token !== null && token !== '' && state === null,
    staleTime: Infinity,
    retry: false,
  });
  const isGone =
    token === '' || (look.error instanceof ApiProblem && (look.error.status === 410 || look.error.status === 400));
  if (state !== null)
    return (
      <SignInFrame>
        <StepTitle>{t(`answered.${state}.title`)}</StepTitle>
        <p>{t(`answered.${state}.text`)}</p>
      </SignInFrame>
    );
  return (
    <SignInFrame>
      {isGone && (
        <>
          <StepTitle>{t('goneTitle')}</StepTitle>
          <p>{t('gone')}</p>
        </>
      )}
      {!isGone && look.isError && (
        <ErrorState what="invitation" error={look.error} onRetry={() => void look.refetch()} />
      )}
      {look.data && <Question token={token ?? ''} asked={look.data} onAnswered={setState} />}
    </SignInFrame>
  );
}

interface QuestionProps {
  token: string;
  asked: RecoveryView;
  onAnswered: (state: RecoveryState) => void;
}

function Question({ token, asked, onAnswered }: QuestionProps) {
  const t = useTranslations('recovery');
  const organisation = useLocale() === 'ja' ? asked.tenantNameJa : asked.tenantNameEn;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const until = Date.parse(asked.expiresAt);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const answer = async (decision: 'confirm' | 'decline') => {
    setPending(true);
    setError(null);
    try {
      onAnswered(await answerRecovery(token, decision));
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <>
      <StepTitle>{t('title', { organisation })}</StepTitle>
      <p className="mb-4">{t('text', { organisation, name: asked.name })}</p>
      <dl className="mb-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-y border-line py-3">
        <dt className="text-muted">{t('person')}</dt>
        <dd>
          {asked.name} ({asked.email})
        </dd>
        <dt className="text-muted">{t('requestedBy')}</dt>
        <dd>{asked.requestedBy}</dd>
        <dt className="text-muted">{t('reason')}</dt>
        <dd>{asked.reason}</dd>
        <dt className="text-muted">{t('until')}</dt>
        <dd>
          {formatInstant(until, zone, 'minute')} {zoneLabel(zone, until)}
        </dd>
      </dl>
      <p className="mb-4">{t('warning')}</p>
      <FormProblem error={error} words={{ 'invitation-gone': t('gone') }} />
      <div className="flex flex-wrap gap-3">
        <Button className="control" isDisabled={pending} onPress={() => void answer('decline')}>
          {t('decline')}
        </Button>
        <Button className="control control-primary" isDisabled={pending} onPress={() => void answer('confirm')}>
          {t('confirm')}
        </Button>
      </div>
    </>
  );
}
