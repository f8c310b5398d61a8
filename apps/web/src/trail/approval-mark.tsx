'use client';

import { useTranslations } from 'next-intl';
import type { EventRecord } from '../api-client/event.ts';

const colors = { inside: 'text-muted', outside: 'text-bad', unknown: 'text-attention' } as const;

/** Whether administrative work was approved; nothing for an event that needs no approval. */
export function ApprovalMark({ approval }: { approval: EventRecord['approval'] }) {
  const t = useTranslations('trail.approval');
  if (approval === undefined) return null;
  return <p className={`text-meta ${colors[approval.state]}`}>{t(approval.state)}</p>;
}
