'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LogGroupsField } from '../access/log-groups-field.tsx';
import { nameLines } from '../access/name-lines.ts';
import { encodingOptions, utf8, type EncodingId } from '../senders/encoding-options.ts';
import { createKey, type AccessKey, type AccessKeyWithSecret } from '../api-client/keys.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';

interface NewKeyDialogProps {
  kind: AccessKey['kind'];
  onClose: () => void;
  onDone: (made: AccessKeyWithSecret) => Promise<unknown>;
}

export function NewKeyDialog({ kind, onClose, onDone }: NewKeyDialogProps) {
  const t = useTranslations('keys');
  const field = useTranslations('access.logGroupsField');
  const [name, setName] = useState('');
  const [logGroups, setLogGroups] = useState('');
  const [addresses, setAddresses] = useState('');
  const [expiresAt, setExpiresAt] = useState<string | null>(null);
  const [encoding, setEncoding] = useState<EncodingId>(utf8);
  return (
    <FormDialog
      title={t(`createTitles.${kind}`)}
      action={t('createAction')}
      problemWords={{
        'name-taken': t('nameTaken'),
        'setting-too-weak': t('expiryRefused'),
        'forbidden/beyond-own-access': t('beyondOwn'),
        'request-invalid': t('invalid'),
      }}
      problemFields={{ 'setting-too-weak': 'expiresAt', 'forbidden/beyond-own-access': 'logGroups' }}
      onClose={onClose}
      onSubmit={async () => {
        const made = await createKey({
          kind,
          name,
          logGroups: nameLines(logGroups),
          addressRanges: nameLines(addresses),
          ...(encoding === utf8 ? {} : { encoding }),
          ...(expiresAt === null ? {} : { expiresAt }),
        });
        await onDone(made);
      }}
    >
      <p className="text-muted">{t(`kindNotes.${kind}`)}</p>
      <TextField
        name="name"
        label={t('columns.name')}
        description={t('nameNote')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={80}
      />
      <LogGroupsField
        value={logGroups}
        onChange={setLogGroups}
        description={kind === 'api' ? field('note') : t('ingestGroupsNote')}
      />
      <TextField
        name="addressRanges"
        label={t('addressesField')}
        description={t('addressesNote')}
        value={addresses}
        onChange={setAddresses}
        rows={2}
        monospace
        placeholder="10.0.0.0/8"
      />
      {kind === 'ingest' && (
        <SelectField
          label={t('encodingField')}
          description={t('encodingNote')}
          options={encodingOptions}
          value={encoding}
          onChange={setEncoding}
        />
      )}
      <MomentField
        name="expiresAt"
        label={t('expiresField')}
        description={t(`expiresNotes.${kind}`)}
        value={expiresAt}
        onChange={setExpiresAt}
      />
    </FormDialog>
  );
}
