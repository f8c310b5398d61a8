'use client';

import { useTranslations } from 'next-intl';

/** Why a change to the organisation's people is refused. */
export function useMemberProblemWords(): Readonly<Record<string, string>> {
  const t = useTranslations('members.problems');
  return {
    'conflict/member-exists': t('memberExists'),
    'conflict/own-account': t('ownAccount'),
    'conflict/last-administrator': t('lastAdministrator'),
    'last-administrator': t('lastAdministrator'),
    'conflict/already-disabled': t('changedMeanwhile'),
    'conflict/not-disabled': t('changedMeanwhile'),
    'conflict/invitation-closed': t('invitationClosed'),
    'forbidden/beyond-own-access': t('beyondOwn'),
    'mail-unavailable': t('mailUnavailable'),
    'request-invalid': t('invalid'),
  };
}

/** The fields that some of them are about. */
export const memberProblemFields: Readonly<Record<string, string>> = { 'conflict/member-exists': 'email' };
