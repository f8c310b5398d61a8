'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Master, MasterRow } from '../api-client/masters.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { ValidityWords } from './validity.tsx';
import { valueColumns } from './rows-table.tsx';

interface EndRowDialogProps {
  master: Master;
  row: MasterRow;
  onSubmit: (at: string | null) => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
}

/** Asks when a row ends. What it said before stays known, in the versions of the table. */
export function EndRowDialog({ master, row, onSubmit, onClose, onDone }: EndRowDialogProps) {
  const t = useTranslations('masters');
  const [when, setWhen] = useState<'now' | 'then'>('now');
  const [moment, setMoment] = useState<string | null>(null);
  return (
    <FormDialog
      title={t('endTitle')}
      action={t('end')}
      danger
      onClose={onClose}
      onDone={onDone}
      onSubmit={() => onSubmit(when === 'now' ? null : moment)}
    >
      <p className="font-medium break-words">
        {valueColumns(master)
          .map(({ name }) => row.values[name] ?? '')
          .join(' · ')}
      </p>
      <p>
        <ValidityWords row={row} />
      </p>
      <RadioChoices
        label={t('endWhen')}
        value={when}
        onChange={setWhen}
        options={[
          { id: 'now', label: t('endNow'), description: t('endNowText') },
          { id: 'then', label: t('endThen'), description: t('endThenText') },
        ]}
      />
      {when === 'then' && <MomentField label={t('endAt')} value={moment} onChange={setMoment} isRequired />}
    </FormDialog>
  );
}
