'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { CopyButton } from '../states/copy-button.tsx';
import { recoveryCodesText } from './recovery-codes-text.ts';

interface RecoveryCodesProps {
  codes: readonly string[];
  email: string;
  action: string;
  onKept: () => void;
}

/** Codes that are shown this once: to copy, to save, to print, and to leave only after saying that they are kept. */
export function RecoveryCodes({ codes, email, action, onKept }: RecoveryCodesProps) {
  const t = useTranslations('recoveryCodes');
  const [kept, setKept] = useState(false);
  const [asked, setAsked] = useState(false);
  const text = recoveryCodesText({ heading: t('fileHeading', { email }), codes });
  return (
    <div className="grid gap-4">
      <p>{t('text')}</p>
      <ol className="grid grid-cols-2 gap-x-6 gap-y-1 border border-line bg-sunken px-4 py-3 font-mono text-record max-[380px]:grid-cols-1">
        {codes.map((code) => (
          <li key={code} className="whitespace-nowrap select-all">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-3 print:hidden">
        <CopyButton text={text} label={t('copy')} />
        <Button className="control" onPress={() => saveText(text, 'akashi-recovery-codes.txt')}>
          <Download size={16} aria-hidden />
          {t('save')}
        </Button>
      </div>
      <div className="grid gap-2 print:hidden">
        <CheckboxField label={t('kept')} value={kept} onChange={setKept} />
        {asked && !kept && (
          <p role="alert" className="text-meta text-bad">
            {t('keepFirst')}
          </p>
        )}
        <Button
          className="control control-primary justify-self-start"
          onPress={() => {
            if (kept) onKept();
            else setAsked(true);
          }}
        >
          {action}
        </Button>
      </div>
    </div>
  );
}

function saveText(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
