'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { readLogGroupNames } from '../api-client/access.ts';
import { ApiProblem } from '../api-client/api-problem.ts';
import { estimateRestore, startRestore, type RestoreEstimate, type RestoreInput } from '../api-client/restores.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { ownWords } from '../forms/problem-words.ts';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { useBytes } from '../organisation/use-bytes.ts';
import { Moment } from '../time/moment.tsx';
import { useSettled } from '../time/use-settled.ts';
import type { RestoreWanted } from './restore-address.ts';
import { useRemaining } from './use-remaining.ts';

interface RestoreDialogProps {
  initial: RestoreWanted;
  onClose: () => void;
  onDone: () => Promise<void>;
}

const settleMilliseconds = 400;

/** Which log groups and period are restored; how many records, bytes and minutes that is stands there before it begins. */
export function RestoreDialog({ initial, onClose, onDone }: RestoreDialogProps) {
  const t = useTranslations('restores');
  const problems = useRestoreProblems();
  const [logGroups, setLogGroups] = useState(initial.logGroups);
  const [from, setFrom] = useState(initial.from);
  const [to, setTo] = useState(initial.to);
  const names = useQuery({ queryKey: ['log-group-names'], queryFn: ({ signal }) => readLogGroupNames(signal) });
  const isTurned = from !== null && to !== null && Date.parse(from) >= Date.parse(to);
  const input = useMemo<RestoreInput | null>(
    () =>
      logGroups.length === 0 || from === null || to === null || isTurned
        ? null
        : { logGroups: [...logGroups], from, to },
    [logGroups, from, to, isTurned],
  );
  const settled = useSettled(input, settleMilliseconds);
  const estimate = useQuery({
    queryKey: ['restore-estimate', settled],
    queryFn: ({ signal }) => estimateRestore(settled ?? nothingChosen(), signal),
    enabled: settled !== null && settled === input,
    retry: false,
  });
  return (
    <FormDialog
      title={t('create')}
      action={t('start')}
      problemWords={problems}
      onClose={onClose}
      onSubmit={async () => {
        await startRestore(input ?? nothingChosen());
        await onDone();
      }}
    >
      <SeveralChoicesField
        name="logGroups"
        label={t('logGroups')}
        description={t('logGroupsNote')}
        chosenLabel={t('logGroupsChosen')}
        options={(names.data ?? []).map((name) => ({ id: name, label: name }))}
        value={logGroups}
        onChange={setLogGroups}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <MomentField name="from" label={t('from')} value={from} onChange={setFrom} isRequired />
        <MomentField
          name="to"
          label={t('to')}
          value={to}
          onChange={setTo}
          error={isTurned ? t('turned') : null}
          isRequired
        />
      </div>
      <p className="text-meta text-muted">{t('receiveTime')}</p>
      <div role="status" className="min-h-11 border-l-2 border-line pl-3">
        {input === null ? (
          <p className="text-muted">{t('chooseFirst')}</p>
        ) : estimate.data !== undefined && settled === input ? (
          <EstimateWords estimate={estimate.data} />
        ) : (
          <p className={estimate.isError ? 'text-bad' : 'text-muted'}>
            {estimate.isError
              ? (ownWords(problemOf(estimate.error), problems) ?? t('estimateFailed'))
              : t('estimating')}
          </p>
        )}
      </div>
    </FormDialog>
  );
}

function EstimateWords({ estimate }: { estimate: RestoreEstimate }) {
  const t = useTranslations('restores');
  const format = useFormatter();
  const bytes = useBytes();
  const remaining = useRemaining();
  const problems = useRestoreProblems();
  const { records, estimateSeconds, firstReceived, lastReceived, refusal, logGroups } = estimate;
  return (
    <>
      <p className="font-medium">
        {t('estimate', {
          records: format.number(records),
          bytes: bytes(estimate.bytes),
          time: remaining(estimateSeconds),
        })}
      </p>
      {firstReceived !== null && lastReceived !== null && (
        <p className="text-meta text-muted">
          {t.rich('received', { first: () => <Moment at={firstReceived} />, last: () => <Moment at={lastReceived} /> })}{' '}
          {t('inLogGroups', { count: logGroups.length })}
        </p>
      )}
      {refusal !== null && <p className="font-medium text-bad">{problems[refusal]}</p>}
    </>
  );
}

function useRestoreProblems(): Record<string, string> {
  const t = useTranslations('restores.problems');
  return {
    'restore-empty': t('empty'),
    'restore-limit': t('limit'),
    'restore-too-large': t('tooLarge'),
    'request-invalid': t('invalid'),
    'time-range-invalid': t('invalid'),
    'not-found': t('beyondAccess'),
    forbidden: t('beyondAccess'),
  };
}

function problemOf(error: unknown): ApiProblem | null {
  return error instanceof ApiProblem ? error : null;
}

/** The fields are required: a form without them is not sent. */
function nothingChosen(): never {
  throw new Error('log groups and period are chosen first');
}
