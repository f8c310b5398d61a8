'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { nameLines, reachedBy } from '../access/name-lines.ts';
import { readLogGroupNames } from '../api-client/access.ts';
import { createKey, type AccessKeyWithSecret } from '../api-client/keys.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { TextField } from '../forms/text-field.tsx';

interface NewKeyDialogProps {
  onClose: () => void;
  onDone: (made: AccessKeyWithSecret) => Promise<unknown>;
}

export function NewKeyDialog({ onClose, onDone }: NewKeyDialogProps) {
  const t = useTranslations('keys');
  const grant = useTranslations('access.grantForm');
  const [kind, setKind] = useState<'ingest' | 'api'>('ingest');
  const [name, setName] = useState('');
  const [logGroups, setLogGroups] = useState('');
  const [addresses, setAddresses] = useState('');
  const [expiresAt, setExpiresAt] = useState<string | null>(null);
  const names = useQuery({ queryKey: ['log-group-names'], queryFn: ({ signal }) => readLogGroupNames(signal) });
  const patterns = nameLines(logGroups);
  const reached = reachedBy(patterns, names.data ?? []);
  return (
    <FormDialog
      title={t('createTitle')}
      action={t('createAction')}
      problemWords={{
        'name-taken': t('nameTaken'),
        'setting-too-weak': t('expiryRefused'),
        'forbidden/beyond-own-access': t('beyondOwn'),
        'request-invalid': t('invalid'),
      }}
      onClose={onClose}
      onSubmit={async () => {
        const made = await createKey({
          kind,
          name,
          logGroups: patterns,
          addressRanges: nameLines(addresses),
          ...(expiresAt === null ? {} : { expiresAt }),
        });
        await onDone(made);
      }}
    >
      <RadioChoices
        label={t('columns.kind')}
        options={[
          { id: 'ingest', label: t('kinds.ingest'), description: t('kindNotes.ingest') },
          { id: 'api', label: t('kinds.api'), description: t('kindNotes.api') },
        ]}
        value={kind}
        onChange={setKind}
      />
      <TextField
        label={t('columns.name')}
        description={t('nameNote')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={80}
      />
      <div>
        <TextField
          label={grant('logGroups')}
          description={kind === 'api' ? grant('logGroupsNote') : t('ingestGroupsNote')}
          value={logGroups}
          onChange={setLogGroups}
          rows={2}
          monospace
          isRequired
        />
        <p role="status" className="mt-1 text-meta text-muted">
          {patterns.length > 0 &&
            (reached.length === 0
              ? grant('reachesNone')
              : grant('reaches', { count: reached.length, names: reached.slice(0, 12).join(grant('separator')) }))}
        </p>
      </div>
      <TextField
        label={t('addressesField')}
        description={t('addressesNote')}
        value={addresses}
        onChange={setAddresses}
        rows={2}
        monospace
        placeholder="10.0.0.0/8"
      />
      <MomentField
        label={t('expiresField')}
        description={t(`expiresNotes.${kind}`)}
        value={expiresAt}
        onChange={setExpiresAt}
      />
    </FormDialog>
  );
}
