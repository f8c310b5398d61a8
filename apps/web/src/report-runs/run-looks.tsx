'use client';

import { useTranslations } from 'next-intl';
import type { ReportRun } from '../api-client/report-runs.ts';
import { Moment } from '../time/moment.tsx';

/** Who has opened what of the run; the newest first. */
export function RunLooks({ looks }: { looks: ReportRun['openedBy'] }) {
  const t = useTranslations('runs.looks');
  return (
    <section aria-labelledby="run-looks" className="max-w-3xl">
      <h2 id="run-looks" className="mb-1 font-medium">
        {t('title')}
      </h2>
      {looks.length === 0 ? (
        <p className="text-muted">{t('none')}</p>
      ) : (
        <table className="plain-table" aria-labelledby="run-looks">
          <thead>
            <tr>
              <th scope="col">{t('at')}</th>
              <th scope="col">{t('who')}</th>
              <th scope="col">{t('what')}</th>
            </tr>
          </thead>
          <tbody>
            {looks.map(({ name, at, what }) => (
              <tr key={`${at} ${name} ${what}`}>
                <td>
                  <Moment at={at} precision="second" />
                </td>
                <td>{name}</td>
                <td>{t(`parts.${what}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
