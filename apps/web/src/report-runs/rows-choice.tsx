'use client';

import { flagWords } from '@akashi/report';
import { useTranslations } from 'next-intl';
import type { ReportRun } from '../api-client/report-runs.ts';
import { useInLanguage } from '../report-words/use-reports.ts';
import { flagsOf, type ShownRows } from './shown-rows.ts';

interface RowsChoiceProps {
  run: ReportRun;
  shown: ShownRows;
  onChange: (shown: ShownRows) => void;
}

/** All rows, the flagged ones, or those of one flag, each with how many there are. */
export function RowsChoice({ run, shown, onChange }: RowsChoiceProps) {
  const t = useTranslations('runs.rows');
  const inLanguage = useInLanguage();
  const choices: { word: string; rows: number; of: ShownRows }[] = [
    { word: t('flagged'), rows: run.flagged, of: { show: 'flagged', flag: null } },
    ...flagsOf(run.summary).map(({ kind, rows }) => ({
      word: inLanguage(flagWords[kind]),
      rows,
      of: { show: 'flagged' as const, flag: kind },
    })),
    { word: t('all'), rows: run.rows, of: { show: 'all', flag: null } },
  ];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <h2 className="mr-2 font-medium">{t('title')}</h2>
      <div role="group" aria-label={t('choose')} className="flex flex-wrap gap-2">
        {choices.map(({ word, rows, of }) => (
          <Choice
            key={`${of.show} ${of.flag}`}
            word={word}
            rows={rows}
            isFlag={of.show === 'flagged'}
            isOn={of.show === shown.show && of.flag === shown.flag}
            onChoose={() => onChange(of)}
          />
        ))}
      </div>
    </div>
  );
}

interface ChoiceProps {
  word: string;
  rows: number;
  isFlag: boolean;
  isOn: boolean;
  onChoose: () => void;
}

function Choice({ word, rows, isFlag, isOn, onChoose }: ChoiceProps) {
  const t = useTranslations('runs.rows');
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onChoose}
      className={`inline-flex min-h-7 items-center gap-2 rounded-[4px] border px-2 ${
        isOn ? 'border-accent bg-selection font-medium' : 'border-line hover:bg-sunken'
      }`}
    >
      {word}
      <span className={isFlag && rows > 0 ? 'text-bad' : 'text-muted'}>{t('count', { count: rows })}</span>
    </button>
  );
}
