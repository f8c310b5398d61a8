'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startReportRun } from '../api-client/report-runs.ts';
import type { Report } from '../api-client/reports.ts';
import { useAreas } from '../areas/use-areas.ts';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { useInLanguage } from '../report-words/use-reports.ts';
import { nowMilliseconds } from '../time/clock.ts';
import { resolveRange, type CalendarWord } from '../time-range/time-range.ts';
import { useZone } from '../time/use-zone.tsx';
import { periodProblem } from './period-problem.ts';

interface RunDialogProps {
  report: Pick<Report, 'id' | 'title'>;
  onClose: () => void;
}

const words = ['yesterday', 'today', 'last-week', 'last-month'] as const satisfies readonly CalendarWord[];
type Period = (typeof words)[number] | 'own';
/** Stands for everything that the person may see: a select has no empty choice. */
const noArea = '*';

/** Asks for a run by hand: of which period, of which area. It is made in the background and opens as it is made. */
export function RunDialog({ report, onClose }: RunDialogProps) {
  const t = useTranslations('runs.ask');
  const range = useTranslations('range');
  const restores = useTranslations('restores');
  const inLanguage = useInLanguage();
  const router = useRouter();
  const client = useQueryClient();
  const { zones } = useZone();
  const areas = useAreas();
  const rangeOf = (word: CalendarWord) =>
    resolveRange({ kind: 'calendar', word }, { now: nowMilliseconds(), zone: zones.tenant });
  const [period, setPeriod] = useState<Period>('yesterday');
  const [from, setFrom] = useState<string | null>(() => iso(rangeOf('yesterday').from));
  const [to, setTo] = useState<string | null>(() => iso(rangeOf('yesterday').to));
  const [area, setArea] = useState(noArea);
  const [restored, setRestored] = useState(false);
  const choose = (next: Period) => {
    setPeriod(next);
    if (next === 'own') return;
    const chosen = rangeOf(next);
    setFrom(iso(chosen.from));
    setTo(iso(chosen.to));
  };
  const problem = periodProblem(from, to);
  const current = (areas.data?.items ?? []).filter(({ isEnded }) => !isEnded);
  return (
    <FormDialog
      title={t('title', { report: inLanguage(report.title) })}
      action={t('start')}
      problemWords={{
        'request-invalid': t('invalid'),
        'time-range-invalid': t('invalid'),
        'not-found': t('areaGone'),
        'forbidden/no-whole-log-group': t('noWholeLogGroup'),
        'forbidden/beyond-own-access': t('noWholeLogGroup'),
      }}
      onClose={onClose}
      onSubmit={async () => {
        if (from === null || to === null || problem !== null) throw new Error('the period is incomplete');
        const run = await startReportRun(report.id, {
          from,
          to,
          ...(area === noArea ? {} : { area }),
          ...(restored ? { includeRestored: true } : {}),
        });
        await client.invalidateQueries({ queryKey: ['report-runs'] });
        return run.id;
      }}
      onDone={(id) => router.push(`/reports/runs/${id}`)}
    >
      <SelectField
        label={t('period')}
        options={[
          ...words.map((id) => ({ id: id as Period, label: range(`calendar.${id}`) })),
          { id: 'own' as Period, label: t('ownPeriod') },
        ]}
        value={period}
        onChange={choose}
        description={t('periodNote')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <MomentField
          name="from"
          label={t('from')}
          value={from}
          onChange={(next) => {
            setFrom(next);
            setPeriod('own');
          }}
          isRequired
        />
        <MomentField
          name="to"
          label={t('to')}
          value={to}
          onChange={(next) => {
            setTo(next);
            setPeriod('own');
          }}
          error={problem === null ? null : t(`problems.${problem}`)}
          isRequired
        />
      </div>
      <SelectField
        name="area"
        label={t('area')}
        options={[
          { id: noArea, label: t('everything'), description: t('everythingNote') },
          ...current.map(({ id, name }) => ({ id, label: name })),
        ]}
        value={area}
        onChange={setArea}
      />
      <CheckboxField label={restores('include')} value={restored} onChange={setRestored} />
    </FormDialog>
  );
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
