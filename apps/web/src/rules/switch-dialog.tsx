'use client';

import { useLocale, useTranslations } from 'next-intl';
import { changeRule, type Rule } from '../api-client/rules.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { typedEntry } from '../forms/typed-entry.ts';
import { MissingNeeds } from './missing-needs.tsx';

interface SwitchDialogProps {
  rule: Rule;
  onClose: () => void;
  onDone: (rule: Rule) => unknown;
}

/** On or off, with the reason on record. */
export function SwitchDialog({ rule, onClose, onDone }: SwitchDialogProps) {
  const t = useTranslations('rules');
  const name = rule.title[useLocale()];
  return (
    <FormDialog
      title={t(rule.enabled ? 'switchOffTitle' : 'switchOnTitle', { name })}
      action={t(rule.enabled ? 'switchOff' : 'switchOn')}
      onClose={onClose}
      onSubmit={(entries) => changeRule(rule.id, { enabled: !rule.enabled, reason: typedEntry(entries, 'reason') })}
      onDone={onDone}
    >
      <p className="max-w-[60ch] text-muted">{t(rule.enabled ? 'switchOffFollows' : 'switchOnFollows')}</p>
      {!rule.enabled && <MissingNeeds needs={rule.cannotMatch} />}
      <TextField name="reason" label={t('reason')} maxLength={500} rows={2} isRequired />
    </FormDialog>
  );
}
