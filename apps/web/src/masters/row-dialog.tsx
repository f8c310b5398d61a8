'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Master, MasterColumn, MasterRow, MasterRowValues } from '../api-client/masters.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useColumnProblems } from './use-column-problems.ts';

interface RowDialogProps {
  master: Master;
  row?: MasterRow;
  title: string;
  action: string;
  onSubmit: (values: MasterRowValues) => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
}

/** The values of one row. Changing them corrects the row for all the time for which it holds. */
export function RowDialog({ master, row, title, action, onSubmit, onClose, onDone }: RowDialogProps) {
  const t = useTranslations('masters');
  const problems = useColumnProblems();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({ ...row?.values });
  const [from, setFrom] = useState(row?.validFrom ?? null);
  const [until, setUntil] = useState(row?.validUntil ?? null);
  const hasOwnPeriod = master.period.from !== null;
  return (
    <FormDialog
      title={title}
      action={action}
      {...problems}
      onClose={onClose}
      onDone={onDone}
      onSubmit={() =>
        onSubmit({ values: filled(values), ...(hasOwnPeriod ? {} : { validFrom: from, validUntil: until }) })
      }
    >
      {row !== undefined && <p className="text-muted">{t('changeText')}</p>}
      {master.columns.map((column) => (
        <ColumnField
          key={column.name}
          column={column}
          value={values[column.name] ?? ''}
          onChange={(value) => setValues((before) => ({ ...before, [column.name]: value }))}
        />
      ))}
      {!hasOwnPeriod && (
        <div className="flex flex-wrap gap-4">
          <MomentField
            name="validFrom"
            label={t('validFrom')}
            value={from}
            onChange={setFrom}
            description={t('fromNote')}
          />
          <MomentField
            name="validUntil"
            label={t('validUntil')}
            value={until}
            onChange={setUntil}
            description={t('untilNote')}
          />
        </div>
      )}
    </FormDialog>
  );
}

function filled(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
}

interface ColumnFieldProps {
  column: MasterColumn;
  value: string;
  onChange: (value: string) => void;
}

function ColumnField({ column, value, onChange }: ColumnFieldProps) {
  const t = useTranslations('masters');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const { name, type, isRequired } = column;
  const label = column.title[language];
  if (type === 'time') {
    return (
      <MomentField
        name={name}
        label={label}
        value={value === '' ? null : value}
        onChange={(moment) => onChange(moment ?? '')}
        isRequired={isRequired}
      />
    );
  }
  if (type === 'yes-no') {
    return (
      <SelectField
        name={name}
        label={label}
        isRequired={isRequired}
        value={value === '' ? null : value}
        onChange={onChange}
        options={['true', 'false'].map((id) => ({ id, label: t(id === 'true' ? 'yes' : 'no') }))}
      />
    );
  }
  const example = { mac: '00-00-00-00-00-01', address: '192.168.0.1', addresses: '192.168.0.1, 10.0.0.0/8' }[
    String(type)
  ];
  return (
    <TextField
      name={name}
      label={label}
      value={value}
      onChange={onChange}
      isRequired={isRequired}
      maxLength={500}
      monospace={type === 'mac' || type === 'address' || type === 'addresses' || type === 'account'}
      {...(example === undefined ? {} : { placeholder: example })}
      {...(type === 'shared' ? { description: t('sharedNote') } : {})}
    />
  );
}
