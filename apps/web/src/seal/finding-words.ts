import type { useTranslations } from 'next-intl';
import type { Finding } from '../api-client/integrity.ts';

type FindingWords = ReturnType<typeof useTranslations<'findings'>>;

const worded = [
  'event-place',
  'heartbeat-missing',
  'held-checkpoint-missing',
  'held-checkpoint-altered',
  'archive-unreadable',
  'archive-behind-ledger',
  'block-unreadable',
  'index-block-not-sealed',
  'index-digest-altered',
  'index-document-added',
  'index-document-altered',
  'index-document-doubled',
  'index-document-missing',
] as const;

/** A finding in words. Those of the offline verifier are about the archive, those of the ledger about its rows. */
export function findingWord(t: FindingWords, { code, fields = [] }: Pick<Finding, 'code' | 'fields'>): string {
  const known = worded.find((each) => each === code);
  if (known === 'index-document-altered') return t(known, { count: fields.length, fields: fields.join(', ') });
  if (known !== undefined) return t(known);
  return t(code.startsWith('ledger-') ? 'ledger' : 'archive');
}
