'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { CommandLine } from '../states/command-line.tsx';

/** What signs a webhook's messages, this once: it cannot be closed by accident. */
export function ChannelSecret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const t = useTranslations('channels.secret');
  const [kept, setKept] = useState(false);
  return (
    <DialogFrame title={t('title', { name })} width="wide">
      <div className="grid gap-4">
        <p className="font-medium text-attention">{t('once')}</p>
        <CommandLine label={t('label')} command={secret} />
        <p className="max-w-[72ch] text-muted">{t('use')}</p>
        <div className="flex flex-wrap items-center justify-end gap-4">
          <CheckboxField label={t('kept')} value={kept} onChange={setKept} />
          <Button className="control control-primary" isDisabled={!kept} onPress={onClose}>
            {t('done')}
          </Button>
        </div>
      </div>
    </DialogFrame>
  );
}
