'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SourceSettings, SourceValuesRequest } from '../api-client/source-settings.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { encodingId, encodingOptions, utf8 } from '../senders/encoding-options.ts';

interface SourceDialogProps {
  title: string;
  action: string;
  initial?: SourceSettings;
  onSubmit: (values: SourceValuesRequest) => Promise<SourceSettings>;
  onClose: () => void;
  onDone: (source: SourceSettings) => unknown;
}

export function SourceDialog({ title, action, initial, onSubmit, onClose, onDone }: SourceDialogProps) {
  const t = useTranslations('sourceSettings');
  const [name, setName] = useState(initial?.name ?? '');
  const [addressRange, setAddressRange] = useState(initial?.addressRange ?? '');
  const [fingerprint, setFingerprint] = useState(initial?.certificateFingerprint ?? '');
  const [logGroup, setLogGroup] = useState(initial?.logGroup ?? '');
  const [timeZone, setTimeZone] = useState(initial?.timeZone ?? '');
  const [encoding, setEncoding] = useState(encodingId(initial?.encoding));
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return (
    <FormDialog
      title={title}
      action={action}
      problemWords={{
        'name-taken': t('nameTaken'),
        'conflict/address-bound': t('addressBound'),
        'conflict/certificate-bound': t('certificateBound'),
        'forbidden/log-group-not-allowed': t('ownGroup'),
        'request-invalid/range-too-wide': t('tooWide'),
        'request-invalid': t('invalid'),
      }}
      problemFields={{
        'conflict/address-bound': 'addressRange',
        'conflict/certificate-bound': 'certificateFingerprint',
        'forbidden/log-group-not-allowed': 'logGroup',
      }}
      onClose={onClose}
      onDone={onDone}
      onSubmit={() =>
        onSubmit({
          name,
          addressRange: orNull(addressRange),
          certificateFingerprint: orNull(fingerprint),
          logGroup: logGroup.trim(),
          timeZone: orNull(timeZone),
          format: initial?.format ?? null,
          encoding: encoding === utf8 ? null : encoding,
        })
      }
    >
      <TextField name="name" label={t('columns.name')} value={name} onChange={setName} isRequired maxLength={80} />
      <TextField
        name="addressRange"
        label={t('addressField')}
        description={t('addressNote')}
        value={addressRange}
        onChange={setAddressRange}
        placeholder="192.0.2.0/24"
        monospace
        isRequired={fingerprint.trim() === ''}
      />
      <TextField
        name="certificateFingerprint"
        label={t('fingerprintField')}
        description={t('fingerprintNote')}
        value={fingerprint}
        onChange={setFingerprint}
        monospace
      />
      <TextField
        name="logGroup"
        label={t('columns.logGroup')}
        description={t('logGroupNote')}
        value={logGroup}
        onChange={setLogGroup}
        placeholder="syslog"
        monospace
        isRequired
      />
      <TextField
        name="timeZone"
        label={t('zoneField')}
        description={t('zoneNote')}
        value={timeZone}
        onChange={setTimeZone}
        placeholder="Asia/Tokyo"
      />
      <SelectField
        label={t('encodingField')}
        description={t('encodingNote')}
        options={encodingOptions}
        value={encoding}
        onChange={setEncoding}
      />
    </FormDialog>
  );
}
