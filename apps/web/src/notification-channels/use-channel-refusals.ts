'use client';

import { useTranslations } from 'next-intl';

/** What the API refuses of a channel, in words. */
export function useChannelRefusals(): Readonly<Record<string, string>> {
  const t = useTranslations('channels');
  return {
    'request-invalid': t('invalid'),
    'address-refused': t('addressRefused'),
    'conflict/too-many': t('tooMany'),
    'conflict/no-channel': t('noChannel'),
    'conflict/no-area': t('noArea'),
    'conflict/escalated-to': t('escalatedTo'),
    'not-found': t('gone'),
  };
}

/** The fields that they are about. */
export const refusedFields = {
  'conflict/no-channel': 'escalation.channelId',
  'conflict/no-area': 'areaId',
} as const;
