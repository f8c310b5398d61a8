'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** A table that the API writes, for a spreadsheet; downloading it is on record. */
export function CsvLink({ href }: { href: string }) {
  const t = useTranslations('csv');
  return (
    <a href={href} download className="control hover:bg-sunken">
      <Download size={16} aria-hidden />
      {t('save')}
    </a>
  );
}
