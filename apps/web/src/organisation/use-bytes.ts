'use client';

import { useFormatter } from 'next-intl';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes in the largest unit of 1,024 that holds them once. */
export function useBytes(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
    return `${format.number(bytes / 1024 ** step, { maximumFractionDigits: step === 0 ? 0 : 1 })} ${units[step] ?? 'B'}`;
  };
}
