'use client';

import { sixFields } from '@akashi/log-event';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { setExpected, setNotExpected, type Coverage } from '../api-client/coverage.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { quoteValue } from '../query/query-language.ts';
import { explorerAddress } from '../query/url-state.ts';
import { valueWord } from '../query/value-word.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { formatInstant } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { cellAt, percentOf, type OpenCell } from './gaps.ts';

interface CoverageDialogProps {
  coverage: Coverage;
  /** The open cell by its name in the address; nothing is shown without one. */
  cell: string | null;
  onClose: () => void;
  onChanged: () => Promise<unknown>;
}

const longestReason = 1_000;

/** One class of one source: what came, what the events lack, and whether it is expected at all. */
export function CoverageDialog({ coverage, cell: name, onClose, onChanged }: CoverageDialogProps) {
  const t = useTranslations('coverage');
  const locale = useLocale();
  const mayManage = mayDo(useSession(), 'sources.manage');
  const [reason, setReason] = useState('');
  const open = cellAt(coverage, name);
  if (open === undefined) return null;
  const { source, cell } = open;
  const about = coverage.classes.find((each) => each.name === cell.class);
  const title = t('dialogTitle', { source: source.name, class: about?.word[locale] ?? cell.class });
  const facts = (
    <>
      <p className="text-meta text-muted">
        {t('requirements', { current: about?.requirement['4.0.1'] ?? '', former: about?.requirement['3.0'] ?? '' })}
      </p>
      <Facts open={open} coverage={coverage} />
    </>
  );
  if (!mayManage)
    return (
      <DialogFrame title={title} onClose={onClose} closesBeside>
        <div className="grid gap-4">
          {facts}
          <Button className="control justify-self-end" onPress={onClose}>
            {t('close')}
          </Button>
        </div>
      </DialogFrame>
    );
  const isExcepted = cell.notExpected !== null;
  return (
    <FormDialog
      key={name}
      title={title}
      action={t(isExcepted ? 'expect' : 'doNotExpect')}
      onClose={() => {
        setReason('');
        onClose();
      }}
      onSubmit={async () => {
        await (isExcepted ? setExpected(source.id, cell.class) : setNotExpected(source.id, cell.class, reason.trim()));
        await onChanged();
      }}
    >
      {facts}
      {!isExcepted && (
        <TextField
          name="reason"
          label={t('reason')}
          description={t('reasonText')}
          value={reason}
          onChange={setReason}
          isRequired
          maxLength={longestReason}
          rows={2}
        />
      )}
    </FormDialog>
  );
}

function Facts({ open, coverage }: { open: OpenCell; coverage: Coverage }) {
  const t = useTranslations('coverage');
  const { zone } = useZone();
  const { source, cell } = open;
  const query = `akashi.source:${quoteValue(source.id)} pci.class:${cell.class}`;
  const range = { kind: 'absolute', from: Date.parse(coverage.from), to: Date.parse(coverage.to) } as const;
  return (
    <dl className="grid grid-cols-[112px_minmax(0,1fr)]">
      <Row title={t('state')}>{t(`states.${cell.state}`)}</Row>
      <Row title={t('onDay', { day: coverage.day })}>
        {cell.count === 0 ? (
          t('events', { count: 0 })
        ) : (
          <Link href={explorerAddress({ q: query, t: range })} className="text-accent underline underline-offset-2">
            {t('events', { count: cell.count })}
          </Link>
        )}
      </Row>
      <Row title={t('lastSeen')}>
        {cell.lastSeenAt === null ? t('neverSince') : formatInstant(Date.parse(cell.lastSeenAt), zone)}
      </Row>
      {cell.completeness !== null && (
        <Row title={t('sixFields')}>
          <SixFields open={open} />
        </Row>
      )}
      {cell.notExpected !== null && (
        <Row title={t('states.not-expected')}>
          <p className="whitespace-pre-wrap">{cell.notExpected.reason}</p>
          <p className="text-meta text-muted">
            {t('setBy', {
              name: cell.notExpected.setBy,
              time: formatInstant(Date.parse(cell.notExpected.setAt), zone),
            })}
          </p>
        </Row>
      )}
    </dl>
  );
}

/** Each of the six fields of 10.2.2, with the share of the day's events that have it. */
function SixFields({ open: { cell } }: { open: OpenCell }) {
  const t = useTranslations('coverage');
  const locale = useLocale();
  const format = useFormatter();
  return (
    <>
      <p>{t('complete', { share: format.number(percentOf(cell.completeness ?? 0)) })}</p>
      <ul className="mt-1 grid max-w-[260px] text-meta">
        {sixFields.map((field) => {
          const lacking = cell.missing[field] ?? 0;
          return (
            <li key={field} className="flex justify-between gap-2">
              <span className="text-muted">{valueWord('pci.missing', field, locale)}</span>
              <span className={lacking > 0 ? 'text-attention' : 'text-muted'}>
                {lacking > 0 ? t('lacking', { count: lacking }) : t('whole')}
              </span>
            </li>
          );
        })}
      </ul>
    </>
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
