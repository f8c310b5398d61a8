'use client';

import { Check, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { TriedLine } from '../api-client/formats.ts';
import { fieldLabel } from '../query/field-label.ts';
import { ErrorState } from '../states/error-state.tsx';
import { Moment } from '../time/moment.tsx';

interface TriedLinesProps {
  lines: readonly TriedLine[];
  isEmpty: boolean;
  /** The definition has to be mended first. */
  isWrong: boolean;
  error: unknown;
}

/** What each line becomes, and where one stops to fit. */
export function TriedLines({ lines, isEmpty, isWrong, error }: TriedLinesProps) {
  const t = useTranslations('formats');
  const read = lines.filter(({ isRead }) => isRead).length;
  return (
    <section aria-label={t('steps.result')} className="grid gap-3">
      <h3 className="font-medium">{t('steps.result')}</h3>
      {error !== null && <ErrorState what="formats" error={error} onRetry={() => undefined} />}
      <p role="status" className="text-muted">
        {isEmpty ? t('noLines') : isWrong ? t('mendFirst') : t('readCount', { read, all: lines.length })}
      </p>
      <ol className="grid gap-2">
        {lines.map((line, index) => (
          <li key={index} className="border-b border-line pb-2">
            <TriedLineView line={line} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One line: read, with what it became; or not, with the place. */
export function TriedLineView({ line }: { line: TriedLine }) {
  const t = useTranslations('formats');
  const locale = useLocale();
  const { isRead, partOf, miss, fields, labels } = line;
  const at = miss?.position ?? 0;
  return (
    <div className="grid gap-1">
      <p className="flex items-start gap-2">
        {isRead ? (
          <Check size={16} aria-label={t('read')} className="mt-1 shrink-0 text-good" />
        ) : (
          <X size={16} aria-label={t('notRead')} className="mt-1 shrink-0 text-bad" />
        )}
        <span className="font-mono text-record break-all">
          {isRead ? (
            line.line
          ) : (
            <>
              {line.line.slice(0, at)}
              <mark className="bg-attention/20 text-inherit underline decoration-bad">
                {line.line.slice(at) || '␃'}
              </mark>
            </>
          )}
        </span>
      </p>
      {partOf !== undefined ? (
        <p className="ml-6 text-meta text-muted">{t('partOf', { line: partOf + 1 })}</p>
      ) : isRead ? (
        <dl className="ml-6 flex flex-wrap gap-x-4 gap-y-1 text-meta">
          <Fact name={t('steps.time')} value={<Moment at={line['@timestamp']} precision="second" />} />
          {Object.entries(fields).map(([field, value]) => (
            <Fact
              key={field}
              name={fieldLabel(field, locale)}
              value={Array.isArray(value) ? value.join(', ') : String(value)}
            />
          ))}
          {Object.entries(labels).map(([key, value]) => (
            <Fact key={key} name={key} value={value} />
          ))}
        </dl>
      ) : (
        <p className="ml-6 text-meta text-bad">
          {miss?.expected === undefined ? t('missNowhere') : t('missAt', { position: at + 1, expected: miss.expected })}
        </p>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div className="flex gap-1">
      <dt className="text-muted">{name}</dt>
      <dd className="font-mono text-record break-all">{value}</dd>
    </div>
  );
}
