'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readTable } from '../api-client/call-api.ts';
import { useSaving } from './use-saving.ts';

interface CsvDownloadProps {
  /** The route that writes the table, and puts it on record as an export. */
  path: string;
  /** Without its ending. */
  fileName: string;
}

/** A table for a spreadsheet, written by the API; saved once a fresh second factor stands behind it. */
export function CsvDownload({ path, fileName }: CsvDownloadProps) {
  const t = useTranslations('csv');
  const { pending, save } = useSaving({ saved: t('saved'), failed: (why) => t('failed', { why }) });
  return (
    <Button
      className="control"
      isPending={pending !== null}
      onPress={() => void save(`${fileName}.csv`, () => readTable(path))}
    >
      <Download size={16} aria-hidden />
      {t('save')}
    </Button>
  );
}
