'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readRunFile, type ReportRun, type RunFile } from '../api-client/report-runs.ts';
import { useSaving } from '../csv/use-saving.ts';
import { useBytes } from '../organisation/use-bytes.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';

/** The files that were frozen, with the hashes that are sealed: what is downloaded can be compared with them. */
export function RunFiles({ run }: { run: ReportRun }) {
  const t = useTranslations('runs.files');
  const bytes = useBytes();
  const { pending, save } = useSaving({ failed: (why) => t('notSaved', { why }) });
  return (
    <section aria-labelledby="run-files">
      <h2 id="run-files" className="mb-1 font-medium">
        {t('title')}
      </h2>
      <p className="mb-2 max-w-[72ch] text-muted">{t('text')}</p>
      <ScrollRegion label={t('title')} className="overflow-x-auto">
        <table className="plain-table min-w-[640px]">
          <thead>
            <tr>
              <th scope="col">{t('file')}</th>
              <th scope="col" className="number">
                {t('size')}
              </th>
              <th scope="col">SHA-256</th>
              <th scope="col" className="print:hidden">
                <span className="visually-hidden">{t('save')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {run.files.map((file) => {
              const language = file.language === null ? '' : t(`languages.${file.language}`);
              const name = t(`formats.${file.format}`, { language });
              return (
                <tr key={`${file.format} ${file.language}`}>
                  <th scope="row" className="!text-body font-normal !text-text">
                    {name}
                  </th>
                  <td className="number whitespace-nowrap">{bytes(file.bytes)}</td>
                  <td>
                    <code className="font-mono text-meta break-all select-all">{file.sha256}</code>
                  </td>
                  <td className="print:hidden">
                    <Button
                      className="control control-small"
                      aria-label={t('saveFile', { name })}
                      isPending={pending === fileName(run, file)}
                      onPress={() => void save(fileName(run, file), () => readRunFile(run.id, file))}
                    >
                      <Download size={14} aria-hidden />
                      {t('save')}
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

function fileName({ report, day, from, id }: ReportRun, { format, language }: RunFile): string {
  const parts = [report, day ?? from.slice(0, 10), id.slice(0, 8), ...(language === null ? [] : [language])];
  return `${parts.join('-')}.${format}`;
}
