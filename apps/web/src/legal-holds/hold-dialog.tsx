'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { readLogGroupNames } from '../api-client/access.ts';
import { createLegalHold } from '../api-client/legal-holds.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { guardCardNumbers } from '../query/card-guard.ts';

interface HoldDialogProps {
  onClose: () => void;
  onDone: () => Promise<void>;
}

const kinds = ['everything', 'part'] as const;

/** A new hold: why, and all of the organisation or what log groups, person and period say together. */
export function HoldDialog({ onClose, onDone }: HoldDialogProps) {
  const t = useTranslations('legalHolds');
  const query = useTranslations('query');
  const [reason, setReason] = useState('');
  const [kind, setKind] = useState<(typeof kinds)[number]>('part');
  const [logGroups, setLogGroups] = useState<readonly string[]>([]);
  const [person, setPerson] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const names = useQuery({ queryKey: ['log-group-names'], queryFn: ({ signal }) => readLogGroupNames(signal) });
  const isTurned = from !== null && to !== null && Date.parse(from) >= Date.parse(to);
  const save = async () => {
    const part = { logGroups: [...logGroups], person: person.trim() === '' ? null : person.trim(), from, to };
    const none = { logGroups: [], person: null, from: null, to: null };
    await createLegalHold({
      reason: reason.trim(),
      everything: kind === 'everything',
      ...(kind === 'everything' ? none : part),
    });
    await onDone();
  };
  return (
    <FormDialog
      title={t('create')}
      action={t('createAction')}
      problemWords={{
        'request-invalid': t('invalid'),
        'request-invalid/holds-nothing': t('holdsNothing'),
        'time-range-invalid': t('turned'),
      }}
      problemFields={{ 'time-range-invalid': 'to' }}
      onClose={onClose}
      onSubmit={save}
    >
      <TextField
        name="reason"
        label={t('reason')}
        description={t('reasonNote')}
        value={reason}
        onChange={setReason}
        maxLength={1_000}
        rows={2}
        isRequired
      />
      <RadioChoices
        label={t('what')}
        options={kinds.map((id) => ({ id, label: t(`kinds.${id}`), description: t(`kindNotes.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      {kind === 'part' && (
        <>
          <SeveralChoicesField
            name="logGroups"
            label={t('logGroups')}
            description={t('logGroupsNote')}
            chosenLabel={t('logGroupsChosen')}
            options={(names.data ?? []).map((name) => ({ id: name, label: name }))}
            value={logGroups}
            onChange={setLogGroups}
            offerTyped={(name) => t('useTyped', { name })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <MomentField name="from" label={t('from')} value={from} onChange={setFrom} />
            <MomentField name="to" label={t('to')} value={to} onChange={setTo} error={isTurned ? t('turned') : null} />
          </div>
          <TextField
            name="person"
            label={t('person')}
            description={t('personFieldNote')}
            value={person}
            onChange={setPerson}
            error={guardCardNumbers(person) ? query('cardNumber') : null}
            maxLength={200}
          />
        </>
      )}
      <p className="text-muted">{t('createFollows')}</p>
    </FormDialog>
  );
}
