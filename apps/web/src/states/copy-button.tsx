'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';

interface CopyButtonProps {
  text: string;
  /** Words beside the mark, where there is room for them. */
  label?: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useTranslations('states');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const Mark = copied ? Check : Copy;
  return (
    <Button
      className={`control ${label === undefined ? 'control-quiet' : ''}`}
      onPress={() => void copy()}
      {...(label === undefined ? { 'aria-label': copied ? t('copied') : t('copy') } : {})}
    >
      <Mark size={16} aria-hidden />
      {label !== undefined && (copied ? t('copied') : label)}
    </Button>
  );
}
