'use client';

import { useTranslations } from 'next-intl';
import { useDeliveryError } from '../destinations/use-delivery-error.ts';

/** What a way is called, and why a checkpoint was not taken. */
export function useWayWords() {
  const t = useTranslations('checkpoints');
  const deliveryError = useDeliveryError();
  return {
    name: ({ kind, name }: { kind: string; name: string }): string => (kind === 'contacts' ? t('contacts') : name),
    error: (code: string): string => {
      const key = `errors.${code}` as 'errors.way-removed';
      return t.has(key) ? t(key) : deliveryError(code);
    },
  };
}
