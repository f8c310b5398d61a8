'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { readStarterSet, takeStarterSet, type StarterRule } from '../api-client/rules.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { typedEntry } from '../forms/typed-entry.ts';
import { Answer } from '../states/answer.tsx';
import { SeverityWord } from './severity-word.tsx';

interface StarterDialogProps {
  onClose: () => void;
  onDone: (added: number) => unknown;
}

/** The rules that the product brings, in one step; those that were taken before stay as they are. */
export function StarterDialog({ onClose, onDone }: StarterDialogProps) {
  const t = useTranslations('rules.starter');
  const set = useQuery({ queryKey: ['rules', 'starter'], queryFn: ({ signal }) => readStarterSet(signal) });
  const left = (set.data ?? []).filter(({ ruleId }) => ruleId === null);
  const [onlyMatching, setOnlyMatching] = useState(false);
  const chosen = onlyMatching ? left.filter(({ cannotMatch }) => cannotMatch.length === 0) : left;
  return (
    <FormDialog
      title={t('title')}
      action={chosen.length === 0 ? null : t('take', { count: chosen.length })}
      onClose={onClose}
      onSubmit={async (entries) => {
        const names = chosen.map(({ name }) => name);
        const { added } = await takeStarterSet({ names, enabled: true, reason: typedEntry(entries, 'reason') });
        return added;
      }}
      onDone={onDone}
    >
      <p className="max-w-[60ch] text-muted">{t('text')}</p>
      {left.length > 0 && <SwitchField label={t('onlyMatching')} value={onlyMatching} onChange={setOnlyMatching} />}
      <Answer of={set} what="rules">
        {() => <Chosen rules={chosen} areAllTaken={left.length === 0} />}
      </Answer>
      {chosen.length > 0 && (
        <TextField name="reason" label={t('reason')} defaultValue={t('usualReason')} maxLength={500} isRequired />
      )}
    </FormDialog>
  );
}

function Chosen({ rules, areAllTaken }: { rules: readonly StarterRule[]; areAllTaken: boolean }) {
  const t = useTranslations('rules.starter');
  const language = useLocale();
  if (rules.length === 0) return <p>{t(areAllTaken ? 'none' : 'noneMatching')}</p>;
  return (
    <ul
      aria-label={t('chosen')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and the keyboard must reach it
      tabIndex={0}
      className="grid max-h-64 overflow-auto border-y border-line"
    >
      {rules.map(({ name, title, severity, cannotMatch }) => (
        <li key={name} className="flex gap-3 border-b border-line py-1 last:border-b-0">
          <span className="flex-1">{title[language]}</span>
          {cannotMatch.length > 0 && <span className="text-meta text-attention">{t('cannotMatch')}</span>}
          <SeverityWord severity={severity} />
        </li>
      ))}
    </ul>
  );
}
