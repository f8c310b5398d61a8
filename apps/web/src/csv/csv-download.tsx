'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { ApiProblem, isStepUpRequired } from '../api-client/api-problem.ts';
import { readTable } from '../api-client/call-api.ts';
import { useNotify } from '../forms/notices.tsx';
import { reasonOf } from '../states/reason-of.ts';
import { keepFile } from './keep-file.ts';

interface CsvDownloadProps {
  /** The route that writes the table, and puts it on record as an export. */
  path: string;
  /** Without its ending. */
  fileName: string;
}

/** A table for a spreadsheet, written by the API; saved once a fresh second factor stands behind it. */
export function CsvDownload({ path, fileName }: CsvDownloadProps) {
  const t = useTranslations('csv');
  const why = useTranslations('errors.why');
  const notify = useNotify();
  const [pending, setPending] = useState(false);
  const save = async () => {
    setPending(true);
    try {
      keepFile(await readTable(path), `${fileName}.csv`);
      notify({ text: t('saved') });
    } catch (error) {
      // Whoever leaves the question for a second factor knows why there is no file.
      if (isStepUpRequired(error)) return;
      notify({ text: t('failed', { why: why(reasonOf(error instanceof ApiProblem ? error : null)) }) });
    } finally {
      setPending(false);
    }
  };
  return (
    <Button className="control" isPending={pending} onPress={() => void save()}>
      <Download size={16} aria-hidden />
      {t('save')}
    </Button>
  );
}
