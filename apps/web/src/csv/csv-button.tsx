'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { csvText, type CsvValue } from './csv-text.ts';

interface CsvButtonProps {
  /** Without its ending. */
  fileName: string;
  header: readonly string[];
  rows: () => readonly (readonly CsvValue[])[];
}

/** What the page shows, as a file for a spreadsheet. */
export function CsvButton({ fileName, header, rows }: CsvButtonProps) {
  const t = useTranslations('csv');
  const save = () => {
    const url = URL.createObjectURL(new Blob([csvText(header, rows())], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${fileName}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <Button className="control" onPress={save}>
      <Download size={16} aria-hidden />
      {t('save')}
    </Button>
  );
}
