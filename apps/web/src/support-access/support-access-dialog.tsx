'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LogGroupsField } from '../access/log-groups-field.tsx';
import { nameLines } from '../access/name-lines.ts';
import { grantSupportAccess } from '../api-client/organisation.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { nowMilliseconds } from '../time/clock.ts';

interface SupportAccessDialogProps {
  onClose: () => void;
  onDone: (operator: string) => Promise<unknown>;
}

const hours = ['1', '4', '8', '24', '72'] as const;
type Hours = (typeof hours)[number];

export function SupportAccessDialog({ onClose, onDone }: SupportAccessDialogProps) {
  const t = useTranslations('support');
  const [operator, setOperator] = useState('');
  const [purpose, setPurpose] = useState('');
  const [logGroups, setLogGroups] = useState('');
  const [lasts, setLasts] = useState<Hours>('4');
  return (
    <FormDialog
      title={t('grantTitle')}
      action={t('grant')}
      problemWords={{
        'request-invalid': t('invalid'),
        'request-invalid/ends-at': t('tooLong'),
        'forbidden/beyond-own-access': t('beyondOwn'),
      }}
      problemFields={{ 'request-invalid/ends-at': 'endsAt' }}
      onClose={onClose}
      onSubmit={async () => {
        await grantSupportAccess({
          operator: operator.trim(),
          purpose,
          logGroups: nameLines(logGroups),
          endsAt: new Date(nowMilliseconds() + Number(lasts) * 3_600_000 - 1000).toISOString(),
        });
        await onDone(operator.trim());
      }}
    >
      <p>{t('grantText')}</p>
      <TextField
        name="operator"
        label={t('operatorField')}
        description={t('operatorNote')}
        type="email"
        value={operator}
        onChange={setOperator}
        isRequired
      />
      <LogGroupsField value={logGroups} onChange={setLogGroups} description={t('logGroupsNote')} />
      <TextField
        name="purpose"
        label={t('columns.purpose')}
        description={t('purposeNote')}
        value={purpose}
        onChange={setPurpose}
        rows={2}
        maxLength={500}
        isRequired
      />
      <SelectField
        name="endsAt"
        label={t('lasts')}
        description={t('lastsNote')}
        options={hours.map((id) => ({ id, label: t('hours', { hours: Number(id) }) }))}
        value={lasts}
        onChange={setLasts}
      />
    </FormDialog>
  );
}
