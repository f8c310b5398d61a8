'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SenderConfigurationAnswer } from '../api-client/keys.ts';
import { TabPages } from '../forms/tab-pages.tsx';
import { withSecret } from './with-secret.ts';
import { CommandLine } from '../states/command-line.tsx';

interface SenderConfigurationProps {
  configuration: SenderConfigurationAnswer;
  /** Stands in the commands in place of the key, while it is known. */
  secret?: string | null;
}

/** What to paste into a sender, one tab each, with the installation's addresses in it. */
export function SenderConfiguration({ configuration, secret = null }: SenderConfigurationProps) {
  const t = useTranslations('sourceSettings');
  const locale = useLocale();
  const [open, setOpen] = useState(configuration.items[0]?.id ?? '');
  const { ca } = configuration;
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-medium">{t('configuration')}</h3>
      <TabPages
        label={t('configuration')}
        value={open}
        onChange={setOpen}
        tabs={[
          ...configuration.items.map(({ id, label, fileName, text }) => ({
            id,
            label: label[locale],
            content: () => (
              <>
                <p className="mb-2 text-meta text-muted">
                  {fileName === null
                    ? t('runThis')
                    : t.rich('putInto', { file: () => <code className="font-mono text-record">{fileName}</code> })}
                </p>
                <CommandLine label={label[locale]} command={withSecret(text, secret).trimEnd()} />
              </>
            ),
          })),
          ...(ca === null
            ? []
            : [
                {
                  id: 'ca',
                  label: t('ca'),
                  content: () => (
                    <>
                      <p className="mb-2 text-meta text-muted">{t('caNote')}</p>
                      <CommandLine label={t('ca')} command={ca.trimEnd()} />
                    </>
                  ),
                },
              ]),
        ]}
      />
    </div>
  );
}
