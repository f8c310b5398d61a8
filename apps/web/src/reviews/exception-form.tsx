'use client';

import type { NewFinding } from '@akashi/contracts';
import { flagWords } from '@akashi/report';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import type { LogReview, ReviewItem } from '../api-client/log-reviews.ts';
import { useDraft } from '../drafts/use-draft.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { formatDay } from '../time/format-instant.ts';
import { shiftDay } from '../time/days.ts';
import { focusSoon, itemButtonId } from './item-focus.ts';
import { peopleOf } from './people-of.ts';
import type { ExceptionPrefill } from './review-lines.ts';
import { useDecideProblemWords } from './use-decide-problem-words.ts';

type Fields = Record<
  'title' | 'who' | 'when' | 'system' | 'reason' | 'severity' | 'owner' | 'dueOn' | 'ticket' | 'action',
  string
>;

interface ExceptionFormProps {
  review: LogReview;
  item: ReviewItem;
  prefill: ExceptionPrefill;
  /** How many lines are pinned with it. */
  lines: number;
  /** Why it could not be recorded. */
  error: unknown;
  onCancel: () => void;
  onSave: (finding: Omit<NewFinding, 'eventIds'>) => Promise<boolean>;
}

const severities = ['low', 'medium', 'high'] as const;
/** Until when a finding should be settled, in days, as long as nobody says otherwise. */
const daysToSettle = { low: 14, medium: 7, high: 1 } as const;
const nobody = 'nobody';

/** The record of an exception, filled with what the lines say; what is typed outlives a session that ends. */
export function ExceptionForm({ review, item, prefill, lines, onCancel, onSave, ...props }: ExceptionFormProps) {
  const t = useTranslations('logReviews.exceptionForm');
  const severityWord = useTranslations('logFindings.severities');
  const problemWords = useDecideProblemWords();
  const locale = useLocale();
  const { user, tenant } = useSession();
  const [pending, setPending] = useState(false);
  const { typed, type, drop } = useDraft<Fields>(`exception:${review.day}:${item.id}`);
  const severity = severities.find((each) => each === typed.severity) ?? 'medium';
  const reportName = item.report.title[locale];
  const fields: Fields = {
    title:
      prefill.what === '' ? reportName : t('prefillTitle', { report: reportName, what: prefill.what }).slice(0, 200),
    who: prefill.who,
    when: prefill.when ?? '',
    system: prefill.system,
    reason: prefill.flags.map(({ kind, lines: count }) => `${flagWords[kind][locale]} ×${count}`).join(', '),
    severity,
    owner: user.id,
    dueOn: shiftDay(formatDay(nowMilliseconds(), tenant.timeZone), daysToSettle[severity]),
    ticket: '',
    action: '',
    ...typed,
  };
  const formId = `review-exception-${item.id}`;
  useEffect(() => focusSoon(formId), [formId]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const text = (value: string) => (value.trim() === '' ? null : value.trim());
    const isSaved = await onSave({
      title: fields.title.trim(),
      severity,
      owner: fields.owner === nobody ? null : fields.owner,
      dueOn: text(fields.dueOn),
      who: text(fields.who),
      when: text(fields.when),
      system: text(fields.system),
      reason: text(fields.reason),
      action: text(fields.action),
      ticket: text(fields.ticket),
    });
    if (isSaved) drop();
    else setPending(false);
  };
  const field = (name: keyof Fields) => ({
    name,
    label: t(name === 'title' ? 'name' : (name as 'who')),
    value: fields[name],
    onChange: (value: string) => type({ [name]: value }),
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc leaves the form from any of its fields
    <div
      id={formId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return;
        onCancel();
        focusSoon(itemButtonId(item.id));
      }}
    >
      <Form
        aria-label={t('title')}
        onSubmit={(event) => void submit(event)}
        className="grid max-w-3xl gap-3 border-l-2 border-bad pl-4 print:hidden"
      >
        <h4 className="font-medium">{t('title')}</h4>
        <p className="text-meta text-muted">
          {t('intro')} {t('lines', { count: lines })}
        </p>
        <FormProblem error={props.error} words={problemWords} />
        <TextField {...field('title')} maxLength={200} isRequired />
        <TextField {...field('reason')} maxLength={4_000} rows={2} isRequired />
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField {...field('who')} maxLength={200} />
          <MomentField
            name="when"
            label={t('when')}
            value={fields.when === '' ? null : fields.when}
            onChange={(when) => type({ when: when ?? '' })}
          />
          <TextField {...field('system')} maxLength={200} />
          <SelectField
            name="severity"
            label={t('severity')}
            options={severities.map((id) => ({ id, label: severityWord(id) }))}
            value={severity}
            onChange={(value) => type({ severity: value })}
          />
          <SelectField
            name="owner"
            label={t('owner')}
            options={[
              ...peopleOf(review, user).map(({ id, name }) => ({ id, label: name })),
              { id: nobody, label: t('noOwner') },
            ]}
            value={fields.owner}
            onChange={(owner) => type({ owner })}
          />
          <TextField {...field('dueOn')} type="date" />
        </div>
        <TextField {...field('action')} maxLength={4_000} rows={2} />
        <TextField {...field('ticket')} maxLength={500} />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" className="control control-primary">
            {t('save')}
          </Button>
          <Cancel onPress={onCancel} />
          <span className="text-meta text-muted">{t('kept')}</span>
        </div>
      </Form>
    </div>
  );
}

function Cancel({ onPress }: { onPress: () => void }) {
  const t = useTranslations('forms');
  return (
    <Button className="control" onPress={onPress}>
      {t('cancel')}
    </Button>
  );
}
