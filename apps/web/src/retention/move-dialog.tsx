'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { moveLogGroup, type LogGroupKeeping, type RetentionPolicy } from '../api-client/retention.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { daysEffect, isLowering, readDays, typedDays, type TypedDays } from './days-effect.ts';
import { DaysFields } from './days-fields.tsx';
import { EffectNote } from './effect-note.tsx';
import { sendOrWait } from '../second-person/send-or-wait.ts';
import { sendableDays } from './sendable-days.ts';
import { useDaysWord, usePolicyInFull, usePolicyWord } from './use-policy-word.ts';
import { useRetentionProblems } from './use-retention-problems.ts';

/** In place of a policy’s id: it cannot hold a star. */
const ownDays = '*';

interface MoveDialogProps {
  group: LogGroupKeeping;
  policies: readonly RetentionPolicy[];
  /** The policy that is chosen when it opens. */
  chosen: string | null;
  /** The days that stand in the fields when it opens with days of its own. */
  days?: TypedDays;
  onClose: () => void;
  onDone: (outcome: 'done' | 'waits') => Promise<void>;
}

/** Another policy for one log group: a standing one, or days for which one is found or made. */
export function MoveDialog({ group, policies, chosen, days, onClose, onDone }: MoveDialogProps) {
  const t = useTranslations('retention.move');
  const word = usePolicyWord();
  const daysWord = useDaysWord();
  const inFull = usePolicyInFull();
  const problems = useRetentionProblems();
  const [choice, setChoice] = useState(chosen ?? ownDays);
  const [typed, setTyped] = useState<TypedDays>(days ?? typedDays(group.policy));
  const offered = policies.filter(({ outOfScopeOnly }) => !outOfScopeOnly || !group.inScope);
  const policy = policies.find(({ id }) => id === choice);
  const after = choice === ownDays ? readDays(typed) : policy;
  const effect = after === undefined ? null : daysEffect(group.policy, after);
  return (
    <FormDialog
      title={t('title', { group: group.logGroup })}
      action={t(effect !== null && isLowering(effect) ? 'ask' : 'action')}
      problemWords={problems}
      onClose={onClose}
      onSubmit={async () => {
        const body = choice === ownDays ? sendableDays(typed) : { policyId: choice };
        await onDone(await sendOrWait(() => moveLogGroup(group.logGroup, body)));
      }}
    >
      <p className="text-muted">{t('now', { policy: inFull(group.policy) })}</p>
      <RadioChoices
        label={t('choose')}
        options={[
          ...offered.map((each) => ({
            id: each.id,
            label: word(each),
            ...(word(each) === daysWord(each) ? {} : { description: daysWord(each) }),
          })),
          { id: ownDays, label: t('ownDays') },
        ]}
        value={choice}
        onChange={setChoice}
      />
      {choice === ownDays && <DaysFields value={typed} onChange={setTyped} />}
      <EffectNote effect={effect} />
    </FormDialog>
  );
}
