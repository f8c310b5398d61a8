'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ReviewItem } from '../api-client/log-reviews.ts';
import { itemButtonId } from './item-focus.ts';
import { isDecided, sortReasons } from './item-order.ts';
import { ItemStateWord } from './item-state-word.tsx';
import { flaggedWords, isAboutChecks, reasonWords } from './verdict-words.ts';

interface ItemRowProps {
  item: ReviewItem;
  isOpen: boolean;
  isCurrent: boolean;
  onToggle: () => void;
  onFocus: () => void;
  /** What stands below the row while it is open. */
  children: () => ReactNode;
}

/** One item of the worklist in a line or two; it opens in place. */
export function ItemRow({ item, isOpen, isCurrent, onToggle, onFocus, children }: ItemRowProps) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const waits = item.verdict.result === 'needs-look' && !isDecided(item);
  return (
    <li
      onFocusCapture={onFocus}
      className={`border-b border-line border-l-2 ${isCurrent ? 'border-l-accent' : 'border-l-transparent'}`}
    >
      <h3>
        <button
          type="button"
          id={itemButtonId(item.id)}
          aria-expanded={isOpen}
          onClick={onToggle}
          className="grid w-full scroll-my-16 grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2 py-1.5 pr-2 pl-1 text-left outline-offset-[-2px] hover:bg-sunken sm:grid-cols-[16px_minmax(0,1fr)_6.5rem_13rem]"
        >
          <Chevron size={16} aria-hidden className="mt-[3px] text-muted" />
          <span className="min-w-0">
            <span className={waits ? 'font-medium' : ''}>
              {item.report.number !== null && (
                <span className="mr-1.5 inline-block min-w-5 text-right text-muted">{item.report.number}</span>
              )}
              {item.report.title[locale]}
            </span>{' '}
            <span className="text-meta text-muted">{item.area.name}</span>
            <span className={`text-meta ${item.verdict.result === 'needs-look' ? 'block' : 'ml-3'}`}>
              <Reasons item={item} waits={waits} />
            </span>
          </span>
          <span className="text-right whitespace-nowrap max-sm:hidden">
            {item.summary === null ? (
              <span className="text-muted">{runWord(item, t)}</span>
            ) : (
              t('rows', { count: item.summary.rows })
            )}
          </span>
          <ItemStateWord item={item} />
        </button>
      </h3>
      {isOpen && <div className="pt-1 pr-2 pb-4 pl-7 max-sm:pl-2">{children()}</div>}
    </li>
  );
}

function Reasons({ item, waits }: { item: ReviewItem; waits: boolean }) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const { flags, about } = flaggedWords(item, locale);
  const reasons = sortReasons(item.verdict.reasons).filter((reason) => !isAboutChecks(reason));
  const told = reasons.map((reason) => {
    const { key, values } = reasonWords(reason, item);
    if (key !== 'flagged-rows' || flags.length === 0) return { key, words: t(`reasons.${key}`, values).trim() };
    return { key, words: flags.map(({ word, count }) => t('reasons.flag', { flag: word, count })).join(' · ') };
  });
  return (
    <>
      {told.map(({ key, words }, index) => (
        <span key={key} className={waits ? 'text-attention' : 'text-muted'}>
          {index > 0 && ' · '}
          {words}
        </span>
      ))}
      {waits && about.length > 0 && <span className="ml-3 text-muted">{about.join(' · ')}</span>}
    </>
  );
}

type Words = ReturnType<typeof useTranslations<'logReviews'>>;

function runWord({ run }: ReviewItem, t: Words): string {
  return run.state === 'running' ? t('running', { percent: run.progress }) : t(`runStates.${run.state}`);
}
