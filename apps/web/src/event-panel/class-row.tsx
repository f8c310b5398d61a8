'use client';

import { classCatalogue, eventClasses } from '@akashi/log-event';
import { useLocale, useTranslations } from 'next-intl';
import type { EventRecord } from '../api-client/event.ts';
import { fieldLabel } from '../query/field-label.ts';
import { fieldValues, valueWord } from '../query/value-word.ts';
import { ValueActions } from './value-actions.tsx';

interface ClassRowProps {
  event: EventRecord;
  onFilter: (field: string, value: string, negated: boolean) => void;
}

/** What the event is in the words of PCI DSS, with the requirement in both numberings, and what it lacks of the six fields. */
export function ClassRow({ event, onFilter }: ClassRowProps) {
  const t = useTranslations('panel');
  const locale = useLocale();
  const held = fieldValues(event, 'pci.class');
  const missing = fieldValues(event, 'pci.missing').map((name) => valueWord('pci.missing', name, locale));
  const label = fieldLabel('pci.class', locale);
  return (
    <>
      {held.length === 0 && <p className="text-faint">{t('noClass')}</p>}
      <ul className="flex flex-wrap gap-1.5">
        {eventClasses
          .filter((name) => held.includes(name))
          .map((name) => {
            const { word, requirement } = classCatalogue[name];
            return (
              <li key={name} className="inline-flex items-center rounded-[4px] border border-line bg-sunken pl-2">
                <span>{word[locale]}</span>
                <span className="ml-1.5 text-meta text-muted" title={t('requirements', requirementsOf(requirement))}>
                  {requirement['4.0.1']} <span className="text-faint">({requirement['3.0']})</span>
                  <span className="visually-hidden">{t('requirements', requirementsOf(requirement))}</span>
                </span>
                <ValueActions
                  label={label}
                  value={word[locale]}
                  onInclude={() => onFilter('pci.class', name, false)}
                  onExclude={() => onFilter('pci.class', name, true)}
                />
              </li>
            );
          })}
      </ul>
      {missing.length > 0 && (
        <p className="text-meta text-attention">
          {t('missingOfSix', { fields: missing.join(locale === 'ja' ? '、' : ', ') })}
        </p>
      )}
    </>
  );
}

function requirementsOf(requirement: Readonly<Record<'4.0.1' | '3.0', string>>): { current: string; former: string } {
  return { current: requirement['4.0.1'], former: requirement['3.0'] };
}
