'use client';

import { useTranslations } from 'next-intl';
import { useChannelError } from '../notification-channels/use-channel-error.ts';

/** What a way is called, and why a checkpoint was not taken. */
export function useWayWords() {
  const t = useTranslations('checkpoints');
  const channelError = useChannelError();
  return {
    name: ({ kind, name }: { kind: string; name: string }): string => (kind === 'contacts' ? t('contacts') : name),
    error: (code: string): string => {
      const key = `errors.${code}` as 'errors.way-removed';
      return t.has(key) ? t(key) : channelError(code);
    },
  };
}
