'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from 'react-aria-components';
import type { LegalHold } from '../api-client/legal-holds.ts';
import { useSession } from '../session/session-context.tsx';
import { Moment } from '../time/moment.tsx';
import { HoldWords } from './hold-words.tsx';

interface HoldItemProps {
  hold: LegalHold;
  onLift: (() => void) | null;
}

/** A hold with its reason, what it holds, who made it, and where its lifting stands. */
export function HoldItem({ hold, onLift }: HoldItemProps) {
  const t = useTranslations('legalHolds');
  const { reason, state, createdBy, createdAt, held } = hold;
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-b border-line py-3">
      <div className={`min-w-0 flex-1 basis-80 ${state === 'lifted' ? 'text-muted' : ''}`}>
        <p className="max-w-[72ch] font-medium whitespace-pre-wrap">{reason}</p>
        <HoldWords hold={hold} />
        {held !== null && (
          <p>
            {t('held', { blocks: held.blocks, records: held.records })}{' '}
            {held.overdue > 0 && <span className="text-muted">{t('overdue', { blocks: held.overdue })}</span>}
          </p>
        )}
        <p className="text-meta text-muted">
          {t.rich('by', { name: createdBy.name, at: () => <Moment at={createdAt} /> })}
        </p>
        <Lift hold={hold} />
      </div>
      <span className="flex items-center gap-4">
        <span className={state === 'lift-waiting' ? 'font-medium text-attention' : 'text-muted'}>
          {t(`states.${state}`)}
        </span>
        {state === 'in-force' && onLift !== null && (
          <Button className="control control-small" onPress={onLift} aria-label={t('liftNamed', { reason })}>
            {t('lift')}
          </Button>
        )}
      </span>
    </li>
  );
}

function Lift({ hold: { lift, state } }: { hold: LegalHold }) {
  const t = useTranslations('legalHolds');
  const { user } = useSession();
  if (lift === null) return null;
  return (
    <p className="text-meta text-muted">
      {t.rich('liftAsked', { name: lift.askedBy.name, reason: lift.reason, at: () => <Moment at={lift.askedAt} /> })}{' '}
      {lift.liftedBy !== null &&
        t.rich('liftedBy', { name: lift.liftedBy.name, at: () => <Moment at={lift.liftedAt} /> })}
      {state === 'lift-waiting' &&
        (lift.askedBy.id === user.id ? (
          t('liftOwn')
        ) : (
          <Link href="/access/approvals" className="text-accent underline underline-offset-2">
            {t('decide')}
          </Link>
        ))}
    </p>
  );
}
