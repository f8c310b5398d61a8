'use client';

import { ScrollRegion } from '../states/scroll-region.tsx';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Switch } from 'react-aria-components';
import type { EventRecord } from '../api-client/event.ts';
import { rawPieces } from './raw-pieces.ts';

/** The sealed text as it is: nothing wrapped unless asked, control characters visible, masks visibly masks. */
export function RawTab({ event }: { event: EventRecord }) {
  const t = useTranslations('panel');
  const [wrap, setWrap] = useState(true);
  if (event.textHidden) return <p className="max-w-[72ch] text-muted">{t('textHidden')}</p>;
  const pieces = rawPieces(event.record, event.masked);
  return (
    <>
      <div className="mb-3 flex items-center justify-between gap-4">
        <p className="text-meta text-muted">{t('rawNote')}</p>
        <Switch
          isSelected={wrap}
          onChange={setWrap}
          className="group flex items-center gap-2 text-meta whitespace-nowrap"
        >
          <span className="flex h-4 w-7 items-center rounded-full border border-edge p-0.5 group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-accent group-data-[selected]:bg-accent">
            <span className="size-2.5 rounded-full bg-edge group-data-[selected]:translate-x-3 group-data-[selected]:bg-on-accent" />
          </span>
          {t('wrap')}
        </Switch>
      </div>
      <ScrollRegion
        preformatted
        label={t('tab.raw')}
        className={`overflow-auto border border-line bg-sunken p-3 font-mono text-record ${wrap ? 'break-all whitespace-pre-wrap' : ''}`}
      >
        {pieces.map((piece, index) => {
          if (piece.kind === 'text') return piece.text;
          if (piece.kind === 'control') {
            return (
              <span key={index} className="text-attention">
                {piece.shown}
                {piece.text === '\n' ? '\n' : ''}
              </span>
            );
          }
          return (
            <mark
              key={index}
              title={t('maskedBy', { rule: piece.rule })}
              className="border-b-2 border-attention bg-transparent text-text"
            >
              {piece.text}
            </mark>
          );
        })}
      </ScrollRegion>
      {event.masked.length > 0 && (
        <section className="mt-4">
          <h3 className="mb-1 font-medium">{t('masked', { count: event.masked.length })}</h3>
          <ul className="text-meta">
            {event.masked.map((note) => (
              <li key={`${note.rule}-${note.start}`}>
                {t('maskedAt', { rule: note.rule, start: note.start, length: note.length })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
