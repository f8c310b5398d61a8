'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { delegateReview, type LogReview } from '../api-client/log-reviews.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { peopleOf } from './people-of.ts';

/** Another person takes the day over; why stays in its record. */
export function DelegateDialog({ review, onClose }: { review: LogReview; onClose: () => void }) {
  const t = useTranslations('logReviews.delegation');
  const { user } = useSession();
  const client = useQueryClient();
  const notify = useNotify();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const people = peopleOf(review, user).filter(({ id }) => id !== user.id);
  return (
    <FormDialog
      title={t('title')}
      action={t('action')}
      onClose={onClose}
      onSubmit={async () => {
        await delegateReview(review.day, { to: to ?? '', reason: reason.trim() });
        await client.invalidateQueries({ queryKey: ['log-reviews'] });
        notify({ text: t('done', { name: people.find(({ id }) => id === to)?.name ?? '' }) });
      }}
    >
      <SelectField
        name="to"
        label={t('to')}
        options={people.map(({ id, name }) => ({ id, label: name }))}
        value={to}
        onChange={setTo}
        isRequired
      />
      <TextField
        name="reason"
        label={t('reason')}
        value={reason}
        onChange={setReason}
        maxLength={4_000}
        rows={2}
        isRequired
      />
    </FormDialog>
  );
}
