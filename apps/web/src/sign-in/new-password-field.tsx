'use client';

import { Check, Circle, Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { FieldMistake } from '../forms/field-notes.tsx';
import { fieldPlace, useFieldProblem } from '../forms/field-problems.tsx';
import { checkPassword, passwordChecks, type PasswordRules } from './password-checks.ts';

interface NewPasswordFieldProps {
  name: string;
  rules: PasswordRules;
  /** For password managers: whose password it is. */
  email: string;
}

/** A new password with its rules beside it, checked while typing; it can be shown, pasted and generated. */
export function NewPasswordField({ name, rules, email }: NewPasswordFieldProps) {
  const t = useTranslations('newPassword');
  const [text, setText] = useState('');
  const [shown, setShown] = useState(false);
  const rulesId = useId();
  const problem = useFieldProblem(name);
  const kept = checkPassword(text, rules);
  return (
    <div className="grid gap-2">
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <TextField
        name={name}
        {...fieldPlace(name, problem)}
        isInvalid={problem !== undefined}
        type={shown ? 'text' : 'password'}
        isRequired
        autoComplete="new-password"
        value={text}
        onChange={setText}
        aria-describedby={rulesId}
        className="grid gap-1"
      >
        <Label>{t('label')}</Label>
        <span className="flex gap-2">
          <Input className="field" spellCheck={false} autoCapitalize="none" />
          <Button
            className="control control-quiet"
            aria-label={shown ? t('hide') : t('show')}
            aria-pressed={shown}
            onPress={() => setShown(!shown)}
          >
            {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          </Button>
        </span>
        <FieldMistake text={problem} />
      </TextField>
      <ul id={rulesId} className="grid gap-1 text-meta text-muted">
        {passwordChecks.map((check) => (
          <li key={check} className={`flex items-start gap-2 ${kept[check] ? 'text-good' : ''}`}>
            {kept[check] ? (
              <Check size={14} aria-hidden className="mt-0.5 shrink-0" />
            ) : (
              <Circle size={14} aria-hidden className="mt-0.5 shrink-0" />
            )}
            <span>
              {t(`rules.${check}`, { count: rules.minLength })}
              <span className="visually-hidden">{kept[check] ? t('kept') : t('notYet')}</span>
            </span>
          </li>
        ))}
        <li className="flex items-start gap-2">
          <Circle size={14} aria-hidden className="mt-0.5 shrink-0" />
          {t('rules.server')}
        </li>
      </ul>
    </div>
  );
}
