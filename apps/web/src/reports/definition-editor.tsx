'use client';

import { classCatalogue, eventClasses, type EventClass } from '@akashi/log-event';
import { columnWords, reportColumns } from '@akashi/report';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import type { ReportInput } from '../api-client/reports.ts';
import { FieldProblems } from '../forms/field-problems.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSending } from '../forms/use-sending.ts';
import { ConditionField } from '../query/condition-field.tsx';
import { inputOf, type Draft } from './editor-state.ts';
import { FlagFields } from './flag-fields.tsx';
import { PlotFields } from './plot-fields.tsx';
import { readRequirementLines } from './requirement-lines.ts';
import { useInLanguage } from '../report-words/use-reports.ts';
import { WordsFields } from './words-fields.tsx';

interface DefinitionEditorProps {
  initial: Draft;
  action: string;
  onCancel: () => void;
  /** Saves it; what it throws is shown at its field. */
  onSave: (input: ReportInput) => Promise<void>;
}

/** Stands for none: a select has no empty choice. */
const none = '*';
const groups = ['person', 'user', 'origin', 'host', 'object', 'action'] as const;
const tags = ['card-data', 'watched-objects'] as const;

/** A definition as a form: what it is called, what it lists, how it shows it, what stands out. */
export function DefinitionEditor({ initial, action, onCancel, onSave }: DefinitionEditorProps) {
  const t = useTranslations('reports.editor');
  const definition = useTranslations('reports.definition');
  const duties = useTranslations('reports.duties');
  const forms = useTranslations('forms');
  const locale = useLocale() === 'ja' ? 'ja' : 'en';
  const inLanguage = useInLanguage();
  const [draft, setDraft] = useState(initial);
  const [isSent, setSent] = useState(false);
  const { pending, error, send } = useSending();
  const set = (part: Partial<Draft>) => setDraft((last) => ({ ...last, ...part }));
  const input = inputOf(draft);
  const problemWords = {
    'request-invalid': t('invalid'),
    'query-unreadable': t('conditionUnreadable'),
    'setting-too-weak': t('tooWeak'),
    'conflict/too-many': t('tooMany'),
    conflict: t('changedMeanwhile'),
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (input !== null) void send(() => onSave(input));
  };
  return (
    <Form onSubmit={save} className="grid max-w-[96ch] gap-8">
      <FieldProblems error={error} words={problemWords}>
        <section className="grid gap-4 sm:grid-cols-2">
          <WordsFields name="title" label={t('name')} value={draft.title} onChange={(title) => set({ title })} />
          <WordsFields
            name="purpose"
            label={t('purpose')}
            value={draft.purpose}
            onChange={(purpose) => set({ purpose })}
            maxLength={500}
            rows={2}
          />
          <TextField
            name="requirements"
            label={t('requirements')}
            description={t('requirementsNote')}
            value={draft.requirements}
            onChange={(requirements) => set({ requirements })}
            rows={2}
            monospace
            error={readRequirementLines(draft.requirements) === null ? t('requirementForm') : null}
          />
          <RadioChoices
            label={t('duty')}
            options={(['required', 'reference'] as const).map((id) => ({
              id,
              label: duties(id),
              description: t(`dutyNotes.${id}`),
            }))}
            value={draft.duty}
            onChange={(duty) => set({ duty })}
          />
        </section>
        <section className="grid gap-4">
          <h2 className="font-medium">{t('lists')}</h2>
          <SeveralChoicesField
            name="classes"
            label={definition('classes')}
            description={t('classesNote')}
            chosenLabel={t('classesChosen')}
            options={eventClasses.map((id) => ({
              id,
              label: `${classCatalogue[id].word[locale]} (${classCatalogue[id].requirement['4.0.1']})`,
            }))}
            nameOf={(id) => classCatalogue[id as EventClass].word[locale]}
            value={draft.classes}
            onChange={(classes) => set({ classes: classes as EventClass[] })}
          />
          <ConditionField
            name="query"
            label={definition('query')}
            description={t('queryNote')}
            value={draft.query}
            onChange={(query) => set({ query })}
            showMistakeNow={isSent}
            isPeopleImpossible
          />
          <ConditionField
            name="listed"
            label={definition('listed')}
            description={t('listedNote')}
            value={draft.listed}
            onChange={(listed) => set({ listed })}
            showMistakeNow={isSent}
            isPeopleImpossible
          />
          <div className="sm:max-w-md">
            <SelectField
              label={t('tag')}
              description={t('tagNote')}
              options={[
                { id: none, label: t('noTag') },
                ...tags.map((id) => ({ id: id as string, label: definition(`tags.${id}`) })),
              ]}
              value={draft.tag ?? none}
              onChange={(id) => set({ tag: tags.find((tag) => tag === id) ?? null })}
            />
          </div>
        </section>
        <section className="grid gap-4">
          <h2 className="font-medium">{t('shows')}</h2>
          <SeveralChoicesField
            name="columns"
            label={definition('columns')}
            description={draft.columns.length === 0 ? t('columnsNeeded') : t('columnsNote')}
            chosenLabel={t('columnsChosen')}
            options={reportColumns.map((id) => ({ id, label: inLanguage(columnWords[id]) }))}
            value={draft.columns}
            onChange={(columns) => set({ columns: columns as Draft['columns'] })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              label={definition('groupBy')}
              options={[
                { id: none, label: t('noGroup') },
                ...groups.map((id) => ({ id: id as string, label: inLanguage(columnWords[id]) })),
              ]}
              value={draft.groupBy ?? none}
              onChange={(id) => set({ groupBy: groups.find((group) => group === id) ?? null })}
            />
          </div>
          <PlotFields value={draft.plot} onChange={(plot) => set({ plot })} />
        </section>
        <FlagFields value={draft.flags} onChange={(flags) => set({ flags })} />
        <div className="flex gap-3">
          <Button type="submit" className="control control-primary" isDisabled={pending || (isSent && input === null)}>
            {pending ? forms('pending') : action}
          </Button>
          <Button className="control" onPress={onCancel} isDisabled={pending}>
            {forms('cancel')}
          </Button>
        </div>
      </FieldProblems>
    </Form>
  );
}
