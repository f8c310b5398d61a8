'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { previewAsMember } from '../api-client/access.ts';
import { guardCardNumbers } from '../query/card-guard.ts';
import { fieldLabel } from '../query/field-label.ts';
import { explainMistake, findMistake } from '../query/query-language.ts';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { Answer } from '../states/answer.tsx';
import { nowMilliseconds } from '../time/clock.ts';

const days = ['1', '7', '30'] as const;
type Days = (typeof days)[number];
const dayMilliseconds = 86_400_000;

/** How much this person would find for a query: counts and places, never an event. */
export function PersonPreview({ userId }: { userId: string }) {
  const t = useTranslations('access.preview');
  const query = useTranslations('query');
  const format = useFormatter();
  const locale = useLocale();
  const [text, setText] = useState('');
  const [span, setSpan] = useState<Days>('7');
  const [asked, setAsked] = useState<{ query: string; from: string; to: string } | null>(null);
  const [sent, setSent] = useState(false);
  const guard = guardCardNumbers(text);
  const mistake = sent && !guard ? findMistake(text) : null;
  const preview = useQuery({
    queryKey: ['access', 'preview', userId, asked],
    queryFn: ({ signal }) => previewAsMember({ userId, ...(asked ?? { query: '', from: '', to: '' }) }, signal),
    enabled: asked !== null,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (guardCardNumbers(text) || findMistake(text) !== null) return;
    const now = nowMilliseconds();
    setAsked({
      query: text.trim(),
      from: new Date(now - Number(span) * dayMilliseconds).toISOString(),
      to: new Date(now).toISOString(),
    });
  };
  return (
    <section>
      <h2 className="mb-1 font-medium">{t('title')}</h2>
      <p className="mb-2 max-w-[72ch] text-meta text-muted">{t('text')}</p>
      <Form onSubmit={submit} className="grid max-w-3xl items-start gap-3 sm:grid-cols-[1fr_12rem_auto] print:hidden">
        <TextField
          label={query('label')}
          value={text}
          onChange={(next) => {
            setText(next);
            setSent(false);
          }}
          placeholder={t('placeholder')}
          monospace
          error={guard ? query('cardNumber') : mistake ? explainMistake(mistake, locale) : null}
        />
        <SelectField
          label={t('span')}
          options={days.map((id) => ({ id, label: t('lastDays', { days: Number(id) }) }))}
          value={span}
          onChange={setSpan}
        />
        <Button type="submit" className="control sm:mt-[26px]">
          {t('action')}
        </Button>
      </Form>
      {asked !== null && (
        <Answer of={preview} what="access">
          {(answer) => (
            <div className="mt-4 grid gap-2">
              <p role="status">
                <span className="mr-2 text-figure">
                  {answer.total.relation === 'gte' && '≥ '}
                  {format.number(answer.total.value)}
                </span>
                {t('found', { count: answer.total.value })}
              </p>
              <dl className="grid max-w-[96ch] grid-cols-[auto_1fr] gap-x-6 gap-y-1">
                <dt className="text-muted">{t('logGroups')}</dt>
                <dd>
                  {answer.logGroups.map(({ name, count }) => `${name} ${format.number(count)}`).join(' · ') || '–'}
                </dd>
                <dt className="text-muted">{t('fields')}</dt>
                <dd>{answer.fields.map(({ name }) => fieldLabel(name, locale)).join(' · ') || '–'}</dd>
              </dl>
            </div>
          )}
        </Answer>
      )}
    </section>
  );
}
