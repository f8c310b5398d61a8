'use client';

import { Footprints } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { EventRecord } from '../api-client/event.ts';
import { ApprovalMark } from '../trail/approval-mark.tsx';
import { personTrail } from '../trail/trail-address.ts';

type Known = Pick<NonNullable<EventRecord['person']>, 'id' | 'name' | 'certainty' | 'because'>;

/** Whose act it was by the masters, how sure that is, every row that says so, and the way to follow them. */
export function PersonRow({ event }: { event: EventRecord }) {
  const t = useTranslations('trail');
  const { person, approval } = event;
  if (!person) {
    return (
      <>
        <p className="text-faint">{t('nobody')}</p>
        <ApprovalMark approval={approval} />
      </>
    );
  }
  const { conflict } = person;
  return (
    <>
      <KnownPerson person={person} event={event} />
      <ApprovalMark approval={approval} />
      {conflict && (
        <div className="mt-2 border-l-2 border-bad pl-2">
          <p className="text-meta text-bad">{t('conflictText')}</p>
          {[conflict, ...(conflict.others ?? [])].map((other) => (
            <KnownPerson key={other.id} person={other} event={event} />
          ))}
        </div>
      )}
    </>
  );
}

function KnownPerson({ person, event }: { person: Known; event: EventRecord }) {
  const t = useTranslations('trail');
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{person.name}</span>
        {person.name !== person.id && <span className="text-meta text-muted">{person.id}</span>}
        <span className="text-meta text-muted">{t(`certainty.${person.certainty}`)}</span>
        <Link
          href={personTrail(person.id, event)}
          className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
        >
          <Footprints size={12} aria-hidden />
          {t('followPerson')}
        </Link>
      </p>
      <ul aria-label={t('columns.because')}>
        {person.because.map(({ master, row, text }) => (
          <li key={`${master} ${row}`} className="text-meta text-muted">
            {text}
          </li>
        ))}
      </ul>
    </>
  );
}
