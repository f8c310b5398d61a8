'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { changePolicy, createPolicy, type RetentionPolicy } from '../api-client/retention.ts';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { daysEffect, isLowering, oneYear, readDays, typedDays } from './days-effect.ts';
import { DaysFields } from './days-fields.tsx';
import { EffectNote } from './effect-note.tsx';
import { sendOrWait } from '../second-person/send-or-wait.ts';
import { sendableDays } from './sendable-days.ts';
import { usePolicyWord } from './use-policy-word.ts';
import { useRetentionProblems } from './use-retention-problems.ts';

interface PolicyDialogProps {
  /** Null: a new one. */
  policy: RetentionPolicy | null;
  onClose: () => void;
  onDone: (outcome: 'created' | 'done' | 'waits') => Promise<void>;
}

const longestTitle = 80;

/** A new policy, or other days for one that stands: then it says first what that does to the logs that have it. */
export function PolicyDialog({ policy, onClose, onDone }: PolicyDialogProps) {
  const t = useTranslations('retention.policies');
  const word = usePolicyWord();
  const problems = useRetentionProblems();
  const [title, setTitle] = useState(policy?.title ?? '');
  const [typed, setTyped] = useState(() => typedDays(policy ?? oneYear));
  const [outOfScopeOnly, setOutOfScopeOnly] = useState(false);
  const after = readDays(typed);
  const effect = policy === null || after === undefined ? null : daysEffect(policy, after);
  const save = async () => {
    const days = sendableDays(typed);
    const named = title.trim() === '' ? null : title.trim();
    if (policy === null) {
      await createPolicy({ title: named, ...days, outOfScopeOnly });
      await onDone('created');
    } else await onDone(await sendOrWait(() => changePolicy(policy.id, { title: named, ...days })));
  };
  const asks = effect !== null && isLowering(effect);
  return (
    <FormDialog
      title={policy === null ? t('create') : t('changeTitle', { policy: word(policy) })}
      action={t(policy === null ? 'createAction' : asks ? 'ask' : 'save')}
      problemWords={problems}
      problemFields={{ 'request-invalid/online-beyond-kept': 'onlineDays' }}
      onClose={onClose}
      onSubmit={save}
    >
      <TextField
        name="title"
        label={t('name')}
        description={t('nameNote')}
        value={title}
        onChange={setTitle}
        maxLength={longestTitle}
      />
      <DaysFields value={typed} onChange={setTyped} />
      {policy === null && (
        <div className="grid gap-1">
          <CheckboxField label={t('outOfScopeField')} value={outOfScopeOnly} onChange={setOutOfScopeOnly} />
          <p className="text-meta text-muted">{t('outOfScopeNote')}</p>
        </div>
      )}
      {policy !== null && (
        <>
          <p className="text-muted">{t('appliesTo', { count: policy.logGroups })}</p>
          <EffectNote effect={effect} />
        </>
      )}
    </FormDialog>
  );
}
