'use client';

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readRetentionEvidence } from '../api-client/retention.ts';
import { useSaving } from '../csv/use-saving.ts';

const formats = ['csv', 'json'] as const;

/** The evidence of PCI DSS 10.5.1 to take along: every log group and log stream with its oldest records. */
export function EvidenceFiles({ day }: { day: string }) {
  const t = useTranslations('retention.evidence');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const { pending, save } = useSaving({ failed: (why) => t('failed', { why }) });
  return (
    <p className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
      <span className="text-meta text-muted">{t('title')}</span>
      {formats.map((format) => {
        const name = `retention-${day}.${format}`;
        return (
          <Button
            key={format}
            className="control control-small"
            aria-label={t('save', { format: format.toUpperCase() })}
            isPending={pending === name}
            onPress={() => void save(name, () => readRetentionEvidence(format, language))}
          >
            <Download size={12} aria-hidden />
            {format.toUpperCase()}
          </Button>
        );
      })}
    </p>
  );
}
