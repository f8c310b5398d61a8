'use client';

import { ScrollRegion } from './scroll-region.tsx';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';

/** A command to paste into a shell, with a button that copies it. */
export function CommandLine({ label, command }: { label: string; command: string }) {
  const t = useTranslations('states');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    setCopied(true);
  };
  return (
    <div className="flex items-start gap-2 border border-line bg-sunken">
      <ScrollRegion preformatted label={label} className="min-w-0 flex-1 overflow-auto px-3 py-2 font-mono text-record">
        {command}
      </ScrollRegion>
      <Button
        className="control control-quiet"
        onPress={() => void copy()}
        aria-label={copied ? t('copied') : t('copy')}
      >
        {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      </Button>
    </div>
  );
}
