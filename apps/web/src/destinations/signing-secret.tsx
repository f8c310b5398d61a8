'use client';

import { useTranslations } from 'next-intl';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { SecretKept } from '../forms/secret-kept.tsx';
import { CommandLine } from '../states/command-line.tsx';

/** What signs a webhook's messages, this once: it cannot be closed by accident. */
export function SigningSecret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const t = useTranslations('channels.secret');
  return (
    <DialogFrame title={t('title', { name })} width="wide">
      <div className="grid gap-4">
        <p className="font-medium text-attention">{t('once')}</p>
        <CommandLine label={t('label')} command={secret} />
        <p className="max-w-[72ch] text-muted">{t('use')}</p>
        <SecretKept kept={t('kept')} done={t('done')} onDone={onClose} />
      </div>
    </DialogFrame>
  );
}
