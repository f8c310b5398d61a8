'use client';

import { useTranslations } from 'next-intl';

/** Why something was not taken, in words; a code that nobody foresaw stands for itself. */
export function useDeliveryError(): (code: string) => string {
  const t = useTranslations('incidents');
  return (code) => {
    const key = `causes.${code}` as 'causes.timeout';
    if (/^[a-z-]+$/.test(code) && t.has(key)) return t(key);
    const status = /^http-(\d+)$/.exec(code)?.[1];
    return status === undefined ? code : t('httpStatus', { status });
  };
}
