'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { Finding } from '../api-client/integrity.ts';
import { explorerAddress } from '../query/url-state.ts';
import { findingWord } from './finding-words.ts';

/** Findings in words, each with its place, and the event itself where there is one to open. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslations('findings');
  return (
    <ul className="grid gap-0.5 text-meta">
      {findings.map((finding, index) => (
        <li key={index}>
          <Place finding={finding} /> <span>{findingWord(t, finding)}</span>{' '}
          <code className="font-mono text-muted">{finding.code}</code>
        </li>
      ))}
    </ul>
  );
}

function Place({ finding: { code, event, block, where } }: { finding: Finding }) {
  const t = useTranslations('findings');
  if (event === undefined) return <span>{block === undefined ? where : t('block', { block })}</span>;
  // What is missing from the index cannot be opened there.
  if (code === 'index-document-missing') return <span>{t('event', { event })}</span>;
  return (
    <Link
      href={explorerAddress({ event, tab: 'integrity' })}
      className="inline-block min-h-6 text-accent underline underline-offset-2"
    >
      {t('event', { event })}
    </Link>
  );
}
