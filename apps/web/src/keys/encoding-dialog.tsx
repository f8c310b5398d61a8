'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { setKeyEncoding, type AccessKey } from '../api-client/keys.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { encodingId, encodingOptions, utf8 } from '../senders/encoding-options.ts';

interface EncodingDialogProps {
  of: AccessKey;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

/** What text is taken for that is sent with the key and does not say its charset. */
export function EncodingDialog({ of, onClose, onDone }: EncodingDialogProps) {
  const t = useTranslations('keys');
  const [encoding, setEncoding] = useState(encodingId(of.encoding));
  return (
    <FormDialog
      title={t('encodingTitle', { name: of.name })}
      action={t('save')}
      problemWords={{ 'conflict/revoked': t('revokedBefore') }}
      onClose={onClose}
      onSubmit={async () => {
        await setKeyEncoding(of, encoding === utf8 ? null : encoding);
        await onDone();
      }}
    >
      <SelectField
        name="encoding"
        label={t('encodingField')}
        description={t('encodingNote')}
        options={encodingOptions}
        value={encoding}
        onChange={setEncoding}
      />
      <p className="text-meta text-muted">{t('encodingFromNow')}</p>
    </FormDialog>
  );
}
