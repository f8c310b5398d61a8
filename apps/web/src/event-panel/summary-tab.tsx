'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { EventRecord } from '../api-client/event.ts';
import { ClassRow } from './class-row.tsx';
import { fieldLabel } from '../query/field-label.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { useDuration } from '../time/use-duration.ts';
import { digitsBeyondMilliseconds, formatInstant, parseInstant, zoneLabel } from '../time/format-instant.ts';
import { valueTrail } from '../trail/trail-address.ts';
import { PersonRow } from './person-row.tsx';
import { answersTo, summaryQuestions } from './summary-rows.ts';
import { ValueActions } from './value-actions.tsx';

interface SummaryTabProps {
  event: EventRecord;
  zone: string;
  onFilter: (field: string, value: string, negated: boolean) => void;
}

/** A difference of event and receive time from here on is worth a word (time keeping, PCI DSS 10.6). */
const noticeableDelayMilliseconds = 60_000;

export function SummaryTab({ event, zone, onFilter }: SummaryTabProps) {
  const t = useTranslations('panel');
  const locale = useLocale();
  const duration = useDuration();
  const seesPeople = mayDo(useSession(), 'masters.read');
  const at = parseInstant(event['@timestamp']);
  const received = parseInstant(event.receivedAt);
  const delay = received - at;
  return (
    <dl className="grid grid-cols-[104px_minmax(0,1fr)]">
      <Row title={t('questions.when')}>
        <p>
          {formatInstant(at, zone, 'millisecond')}
          {digitsBeyondMilliseconds(event['@timestamp'])} {zoneLabel(zone, at)}
        </p>
        <p className="text-meta text-muted">
          {t('received', { time: formatInstant(received, zone, 'millisecond'), zone: zoneLabel(zone, received) })}
        </p>
        {Math.abs(delay) >= noticeableDelayMilliseconds && (
          <p className="text-meta text-attention">
            {delay > 0 ? t('late', { duration: duration(delay) }) : t('early', { duration: duration(-delay) })}
          </p>
        )}
        {event.originalTime !== undefined && (
          <p className="text-meta text-muted">{t('originalTime', { time: event.originalTime })}</p>
        )}
      </Row>
      {summaryQuestions.map((question) => {
        const answers = answersTo(question, event);
        return (
          <Row key={question} title={t(`questions.${question}`)}>
            {answers.length === 0 && (
              <p className="text-faint">{t(event.textHidden ? 'missingOrHidden' : 'missing')}</p>
            )}
            {answers.map(({ field, text }) => (
              <div key={field} className="flex items-start gap-2">
                <p className="min-w-0 flex-1">
                  {text} <span className="text-meta text-muted">{fieldLabel(field, locale)}</span>
                </p>
                <ValueActions
                  label={fieldLabel(field, locale)}
                  value={text}
                  onInclude={() => onFilter(field, text, false)}
                  onExclude={() => onFilter(field, text, true)}
                  trail={valueTrail(field, text, event)}
                />
              </div>
            ))}
          </Row>
        );
      })}
      {seesPeople && (
        <Row title={t('person')}>
          <PersonRow event={event} />
        </Row>
      )}
      <Row title={fieldLabel('pci.class', locale)}>
        <ClassRow event={event} onFilter={onFilter} />
      </Row>
      <Row title={t('line')}>
        {event.textHidden ? (
          <p className="text-muted">{t('textHidden')}</p>
        ) : (
          <p className="font-mono text-record whitespace-pre-wrap">{event.message}</p>
        )}
      </Row>
      <Row title={t('reading')}>
        <p className={event.parse.status === 'parsed' ? '' : 'text-attention'}>
          {t(`parse.${parseWord(event.parse.status)}`)}{' '}
          <span className="text-meta text-muted">{event.parse.format}</span>
        </p>
        {event.parse.reason !== undefined && (
          <p className="text-meta text-muted">{t('parseReason', { reason: event.parse.reason })}</p>
        )}
      </Row>
      <Row title={t('origin')}>
        <p>
          {event.logGroup} / {event.logStream}
        </p>
        <p className="text-meta text-muted">
          {event.source.kind} {event.source.address}
        </p>
      </Row>
    </dl>
  );
}

function Row({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt className="border-b border-line py-1.5 text-muted">{title}</dt>
      <dd className="border-b border-line py-1.5">{children}</dd>
    </>
  );
}

function parseWord(status: string): 'parsed' | 'partial' | 'unparsed' | 'quarantined' {
  return status === 'parsed' || status === 'partial' || status === 'quarantined' ? status : 'unparsed';
}
