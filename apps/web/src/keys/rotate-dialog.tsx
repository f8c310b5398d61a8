'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { rotateKey, type AccessKey, type AccessKeyWithSecret } from '../api-client/keys.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SelectField } from '../forms/select-field.tsx';

interface RotateDialogProps {
  of: AccessKey;
  onClose: () => void;
  onDone: (made: AccessKeyWithSecret) => Promise<unknown>;
}

const overlaps = ['0', '1', '24', '168'] as const;
type Overlap = (typeof overlaps)[number];

/** Another secret for the same key; the one so far goes on for a while, so that no line is lost in between. */
export function RotateDialog({ of, onClose, onDone }: RotateDialogProps) {
  const t = useTranslations('keys');
  const [overlap, setOverlap] = useState<Overlap>('24');
  return (
    <FormDialog
      title={t('rotateTitle', { name: of.name })}
      action={t('rotate')}
      problemWords={{ 'conflict/revoked': t('revokedBefore'), 'forbidden/beyond-own-access': t('beyondOwnRotate') }}
      onClose={onClose}
      onSubmit={async () => onDone(await rotateKey(of.id, { overlapHours: Number(overlap) }))}
    >
      <p>{t('rotateText')}</p>
      <p>{t(`rotateResponsible.${of.kind}`)}</p>
      <SelectField
        label={t('overlapField')}
        options={overlaps.map((id) => ({ id, label: t(`overlaps.${id}`) }))}
        value={overlap}
        onChange={setOverlap}
      />
    </FormDialog>
  );
}
