'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { createMaster, type Master, type NewMaster } from '../api-client/masters.ts';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';

type Column = NewMaster['columns'][number];

const types = ['text', 'name', 'account', 'email', 'mac', 'address', 'addresses', 'time', 'yes-no'] as const;

const emptyColumn: Column = { name: '', title: { ja: '', en: '' }, type: 'text', isRequired: false, isKey: false };

/** A table of the organisation's own: its name, its columns, and which of them name a row. */
export default function NewMasterDialog({
  onClose,
  onDone,
}: {
  onClose: () => void;
  onDone: (master: Master) => unknown;
}) {
  const t = useTranslations('masters.own');
  const [name, setName] = useState('');
  const [title, setTitle] = useState({ ja: '', en: '' });
  const [columns, setColumns] = useState<readonly Column[]>([{ ...emptyColumn, isKey: true, isRequired: true }]);
  const change = (place: number, changed: Partial<Column>) =>
    setColumns((before) => before.map((column, at) => (at === place ? { ...column, ...changed } : column)));
  return (
    <FormDialog
      title={t('title')}
      action={t('create')}
      problemWords={{ 'name-taken': t('nameTaken'), 'request-invalid': t('invalid') }}
      onClose={onClose}
      onDone={onDone}
      onSubmit={() => createMaster({ name, title, columns: [...columns] })}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="title.ja"
          label={t('titleJa')}
          value={title.ja}
          onChange={(ja) => setTitle({ ...title, ja })}
          isRequired
          maxLength={60}
        />
        <TextField
          name="title.en"
          label={t('titleEn')}
          value={title.en}
          onChange={(en) => setTitle({ ...title, en })}
          isRequired
          maxLength={60}
        />
      </div>
      <TextField
        name="name"
        label={t('name')}
        description={t('nameNote')}
        value={name}
        onChange={setName}
        placeholder="badges"
        monospace
        isRequired
        maxLength={63}
      />
      {columns.map((column, place) => (
        <ColumnFields
          // Columns have no name of their own before one is typed; they are added at the end and keep their places.
          // oxlint-disable-next-line react/no-array-index-key
          key={place}
          number={place + 1}
          column={column}
          onChange={(changed) => change(place, changed)}
          {...(columns.length === 1 ? {} : { onRemove: () => setColumns(columns.filter((_, at) => at !== place)) })}
        />
      ))}
      <Button className="control justify-self-start" onPress={() => setColumns([...columns, emptyColumn])}>
        <Plus size={16} aria-hidden />
        {t('addColumn')}
      </Button>
    </FormDialog>
  );
}

interface ColumnFieldsProps {
  number: number;
  column: Column;
  onChange: (changed: Partial<Column>) => void;
  onRemove?: () => void;
}

function ColumnFields({ number, column, onChange, onRemove }: ColumnFieldsProps) {
  const t = useTranslations('masters.own');
  const at = `columns.${number - 1}`;
  return (
    <fieldset className="grid gap-3 border-t border-line pt-3">
      <legend className="contents">
        <span className="flex items-center justify-between">
          <span className="font-medium">{t('column', { number })}</span>
          {onRemove !== undefined && (
            <Button
              className="control control-quiet control-small"
              aria-label={t('removeColumn', { number })}
              onPress={onRemove}
            >
              <X size={16} aria-hidden />
            </Button>
          )}
        </span>
      </legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          name={`${at}.title.ja`}
          label={t('titleJa')}
          value={column.title.ja}
          onChange={(ja) => onChange({ title: { ...column.title, ja } })}
          isRequired
          maxLength={60}
        />
        <TextField
          name={`${at}.title.en`}
          label={t('titleEn')}
          value={column.title.en}
          onChange={(en) => onChange({ title: { ...column.title, en } })}
          isRequired
          maxLength={60}
        />
        <TextField
          name={`${at}.name`}
          label={t('columnName')}
          value={column.name}
          onChange={(name) => onChange({ name })}
          placeholder="badge"
          monospace
          isRequired
          maxLength={40}
        />
        <SelectField
          name={`${at}.type`}
          label={t('type')}
          value={column.type}
          onChange={(type) => onChange({ type })}
          options={types.map((id) => ({ id, label: t(`types.${id}`) }))}
        />
      </div>
      <div className="flex flex-wrap gap-6">
        <CheckboxField
          label={t('isKey')}
          value={column.isKey}
          onChange={(isKey) => onChange(isKey ? { isKey, isRequired: true } : { isKey })}
        />
        <CheckboxField
          label={t('isRequired')}
          value={column.isRequired}
          isDisabled={column.isKey}
          onChange={(isRequired) => onChange({ isRequired })}
        />
      </div>
    </fieldset>
  );
}
