'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import type { EditorPart } from './editor-part.ts';
import { newReading, readingKinds, withBegins, type Reading } from './editor-state.ts';

/** How the text is taken apart. */
export function ReadingFields({ definition, onChange, problemAt }: EditorPart) {
  const t = useTranslations('formats');
  const { reading } = definition;
  const change = (next: Reading) => onChange({ ...definition, reading: next });
  return (
    <>
      <RadioChoices
        label={t('reads')}
        options={(['record', 'message'] as const).map((id) => ({ id, label: t(`readsKinds.${id}`) }))}
        value={definition.reads}
        onChange={(reads) => onChange(withBegins({ ...definition, reads }, definition.begins ?? ''))}
      />
      {definition.reads === 'record' && (
        <TextField
          label={t('begins')}
          description={t('beginsNote')}
          value={definition.begins ?? ''}
          onChange={(begins) => onChange(withBegins(definition, begins))}
          monospace
          autoComplete="off"
          error={problemAt('begins')}
        />
      )}
      <SelectField
        label={t('kind')}
        options={readingKinds.map((id) => ({ id, label: t(`kinds.${id}`), description: t(`kindTexts.${id}`) }))}
        value={reading.kind}
        onChange={(kind) => change(newReading(kind))}
      />
      {reading.kind === 'grok' && (
        <Patterns
          label={t('pattern')}
          values={reading.patterns}
          problemAt={(index) => problemAt(`reading.patterns.${index}`)}
          onChange={(patterns) => change({ ...reading, patterns })}
        />
      )}
      {reading.kind === 'expression' && (
        <Patterns
          label={t('expression')}
          values={reading.expressions}
          problemAt={(index) => problemAt(`reading.expressions.${index}`)}
          onChange={(expressions) => change({ ...reading, expressions })}
        />
      )}
      {reading.kind === 'key-value' && (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t('between')}
            value={reading.between ?? ' '}
            onChange={(between) => change({ ...reading, between })}
            monospace
            maxLength={8}
          />
          <TextField
            label={t('assigns')}
            value={reading.assigns ?? '='}
            onChange={(assigns) => change({ ...reading, assigns })}
            monospace
            maxLength={8}
          />
        </div>
      )}
      {reading.kind === 'csv' && (
        <>
          <SelectField
            label={t('separator')}
            options={[',', '\t', ';', '|'].map((id) => ({ id, label: id === '\t' ? t('tab') : id }))}
            value={reading.separator}
            onChange={(separator) => change({ ...reading, separator })}
          />
          <TextField
            label={t('columnNames')}
            description={t('columnNamesNote')}
            value={reading.columns.join(', ')}
            onChange={(text) =>
              change({ ...reading, columns: text === '' ? [] : text.split(',').map((each) => each.trim()) })
            }
            rows={2}
            monospace
            error={problemAt('reading.columns')}
          />
        </>
      )}
    </>
  );
}

interface PatternsProps {
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  problemAt: (index: number) => string | undefined;
}

/** Patterns of which the first that fits reads a line. */
function Patterns({ label, values, onChange, problemAt }: PatternsProps) {
  const t = useTranslations('formats');
  return (
    <div className="grid gap-2">
      {values.map((value, index) => (
        <div key={index} className="flex items-end gap-2">
          <div className="min-w-0 flex-1">
            <TextField
              label={values.length === 1 ? label : `${label} ${index + 1}`}
              value={value}
              onChange={(text) => onChange(values.with(index, text.replace(/[\r\n]+/g, '')))}
              rows={3}
              monospace
              autoComplete="off"
              error={problemAt(index)}
            />
          </div>
          {values.length > 1 && (
            <Button className="control" onPress={() => onChange(values.toSpliced(index, 1))}>
              {t('remove')}
            </Button>
          )}
        </div>
      ))}
      <div>
        <Button className="control control-small" onPress={() => onChange([...values, ''])}>
          {t('addPattern')}
        </Button>
      </div>
    </div>
  );
}
