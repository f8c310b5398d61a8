'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState, useSyncExternalStore } from 'react';
import { acceptInvitation, lookUpInvitation, type InvitationView } from '../api-client/sign-in.ts';
import { ApiProblem } from '../api-client/api-problem.ts';
import type { Session } from '../session/session.ts';
import { NewPasswordForm } from '../sign-in/new-password-form.tsx';
import { SignInFrame } from '../sign-in/sign-in-frame.tsx';
import { SignInSteps } from '../sign-in/sign-in-steps.tsx';
import { StepTitle } from '../forms/step-title.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';

const onHashChange = (changed: () => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

/** The token stands behind `#`, which no browser sends: no server log and no other site ever has it. */
const readToken = () => window.location.hash.slice(1);

/** From the link in a mail to the first page: a password, a second factor, and in. */
export function InvitationPage() {
  const token = useSyncExternalStore(onHashChange, readToken, () => null);
  const [session, setSession] = useState<Session | null>(null);
  const look = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => lookUpInvitation(token ?? ''),
    enabled: token !== null && token !== '' && session === null,
    staleTime: Infinity,
    retry: false,
  });
  if (session !== null) {
    return (
      <SignInFrame>
        <SignInSteps begun={session} returnPath="/" onEnded={() => window.location.assign('/sign-in')} />
      </SignInFrame>
    );
  }
  const accepted = (next: Session) => {
    // The link is used up: it need not stay in the history.
    window.history.replaceState(null, '', '/sign-in');
    setSession(next);
  };
  const gone =
    token === '' || (look.error instanceof ApiProblem && (look.error.status === 410 || look.error.status === 400));
  return (
    <SignInFrame>
      {gone && <LinkGone />}
      {!gone && look.isError && <ErrorState what="invitation" error={look.error} onRetry={() => void look.refetch()} />}
      {look.data && <AcceptanceForm token={token ?? ''} invitation={look.data} onAccepted={accepted} />}
    </SignInFrame>
  );
}

function LinkGone() {
  const t = useTranslations('invitation');
  return (
    <>
      <StepTitle>{t('goneTitle')}</StepTitle>
      <p className="mb-4">{t('gone')}</p>
      <p className="mb-6">{t('goneTodo')}</p>
      <Link href="/sign-in" className="control">
        {t('toSignIn')}
      </Link>
    </>
  );
}

interface AcceptanceFormProps {
  token: string;
  invitation: InvitationView;
  onAccepted: (session: Session) => void;
}

function AcceptanceForm({ token, invitation, onAccepted }: AcceptanceFormProps) {
  const t = useTranslations('invitation');
  const japanese = useLocale() === 'ja';
  const organisation = japanese ? invitation.tenantNameJa : invitation.tenantNameEn;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const until = Date.parse(invitation.expiresAt);
  return (
    <>
      <StepTitle>{t(`${invitation.purpose}.title`, { organisation })}</StepTitle>
      <p className="mb-4 text-muted">{t(`${invitation.purpose}.text`, { name: invitation.name })}</p>
      <dl className="mb-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-y border-line py-3">
        <dt className="text-muted">{t('account')}</dt>
        <dd>{invitation.email}</dd>
        <dt className="text-muted">{t('until')}</dt>
        <dd>
          {formatInstant(until, zone, 'minute')} {zoneLabel(zone, until)}
        </dd>
      </dl>
      <NewPasswordForm
        person={invitation}
        minLength={invitation.passwordMinLength}
        words={{ submit: t('submit'), pending: t('pending') }}
        onPassword={async (password) => onAccepted(await acceptInvitation(token, password))}
      />
      <p className="mt-4 text-meta text-muted">{t('next')}</p>
    </>
  );
}
