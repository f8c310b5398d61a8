'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { changeReviewSettings, readReviewSettings, type ReviewSettings } from '../api-client/areas.ts';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { FieldProblems } from '../forms/field-problems.tsx';
import { useNotify } from '../forms/notices.tsx';
import { useSending } from '../forms/use-sending.ts';
import { ConditionField, isCondition } from '../query/condition-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { useZone } from '../time/use-zone.tsx';
import { HoursField, MinuteField } from './hours-field.tsx';
import { areHours } from './hours-text.ts';

/** How the organisation reviews its logs: until when, in which hours people work, what it calls card data. */
export function ReviewSettingsView() {
  const settings = useQuery({ queryKey: ['review-settings'], queryFn: ({ signal }) => readReviewSettings(signal) });
  return (
    <Answer of={settings} what="reviewSettings">
      {(found) => <SettingsForm settings={found} />}
    </Answer>
  );
}

const leastDueMinute = 60;
const mostDueMinute = 1_439;

function SettingsForm({ settings }: { settings: ReviewSettings }) {
  const t = useTranslations('areas.settings');
  const forms = useTranslations('forms');
  const client = useQueryClient();
  const notify = useNotify();
  const { zones } = useZone();
  const mayManage = mayDo(useSession(), 'areas.manage');
  const [values, setValues] = useState(settings);
  const { pending, error, send } = useSending();
  const set = (part: Partial<ReviewSettings>) => setValues((last) => ({ ...last, ...part }));
  const isDue = values.dueMinute >= leastDueMinute && values.dueMinute <= mostDueMinute;
  const conditions = [values.cardData, values.watchedObjects];
  const isReady =
    isDue && areHours(values.hours) && conditions.every((text) => isCondition(text, { isPeopleImpossible: true }));
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    void send(async () => {
      client.setQueryData(['review-settings'], await changeReviewSettings(values));
      notify({ text: t('saved') });
    });
  };
  const off = { isDisabled: !mayManage };
  return (
    <Form onSubmit={save} className="grid max-w-[80ch] gap-8">
      <FieldProblems
        error={error}
        words={{ 'request-invalid': t('invalid'), 'query-unreadable': t('conditionUnreadable') }}
      >
        <section className="grid gap-4">
          <div className="max-w-60">
            <MinuteField
              name="dueMinute"
              label={t('due', { zone: zones.tenant })}
              description={isDue ? t('dueNote') : t('dueRange')}
              value={values.dueMinute}
              onChange={(dueMinute) => set({ dueMinute })}
              {...off}
            />
          </div>
          <CheckboxField
            label={<Noted word={t('selfApproval')} note={t('selfApprovalNote')} />}
            value={values.isSelfApprovalAllowed}
            onChange={(isSelfApprovalAllowed) => set({ isSelfApprovalAllowed })}
            {...off}
          />
          <CheckboxField
            label={<Noted word={t('deviceBound')} note={t('deviceBoundNote')} />}
            value={values.mustBeDeviceBound}
            onChange={(mustBeDeviceBound) => set({ mustBeDeviceBound })}
            {...off}
          />
        </section>
        <fieldset className="grid gap-3">
          <legend className="mb-1 font-medium">{t('hours')}</legend>
          <p className="text-meta text-muted">{t('hoursNote')}</p>
          <HoursField name="hours" value={values.hours} onChange={(hours) => set({ hours })} {...off} />
        </fieldset>
        <section className="grid gap-4">
          <h2 className="font-medium">{t('tags')}</h2>
          <ConditionField
            name="cardData"
            label={t('cardData')}
            description={t('cardDataNote')}
            value={values.cardData}
            onChange={(cardData) => set({ cardData })}
            isPeopleImpossible
            {...off}
          />
          <ConditionField
            name="watchedObjects"
            label={t('watchedObjects')}
            description={t('watchedObjectsNote')}
            value={values.watchedObjects}
            onChange={(watchedObjects) => set({ watchedObjects })}
            isPeopleImpossible
            {...off}
          />
        </section>
        {mayManage && (
          <div>
            <Button type="submit" className="control control-primary" isDisabled={pending || !isReady}>
              {pending ? forms('pending') : t('save')}
            </Button>
          </div>
        )}
      </FieldProblems>
    </Form>
  );
}

function Noted({ word, note }: { word: string; note: string }) {
  return (
    <>
      {word}
      <span className="block text-meta text-muted">{note}</span>
    </>
  );
}
