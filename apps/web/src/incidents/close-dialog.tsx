'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { closeIncident, type Incident, type IncidentClosing } from '../api-client/incidents.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';

interface CloseDialogProps {
  incident: Incident;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

const fields = ['rootCause', 'action', 'securityIssues', 'furtherAction', 'prevention'] as const;
const nothing = { rootCause: '', action: '', securityIssues: '', furtherAction: '', prevention: '' };

/** What PCI DSS 10.7.3 asks to be written down; the times are known already. */
export function CloseDialog({ incident, onClose, onDone }: CloseDialogProps) {
  const t = useTranslations('incidents');
  const [record, setRecord] = useState<Record<(typeof fields)[number], string>>(nothing);
  const isClosed = incident.state === 'closed';
  return (
    <FormDialog
      title={t(isClosed ? 'recordTitle' : 'closeTitle')}
      action={t(isClosed ? 'record' : 'close')}
      problemWords={{ 'incident-closed': t('closedBefore'), 'request-invalid': t('actionMissing') }}
      onClose={onClose}
      onSubmit={async () => {
        const written = Object.entries(record).filter(([, text]) => text.trim() !== '');
        await closeIncident(incident.id, Object.fromEntries(written) as unknown as IncidentClosing);
        await onDone();
      }}
    >
      <p className="text-muted">{t('closeText')}</p>
      {fields.map((field) => (
        <TextField
          key={field}
          name={field}
          label={t(`fields.${field}`)}
          value={record[field]}
          onChange={(text) => setRecord({ ...record, [field]: text })}
          isRequired={field === 'action'}
          maxLength={2_000}
          rows={2}
        />
      ))}
    </FormDialog>
  );
}
