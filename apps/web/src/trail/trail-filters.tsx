'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { TextField } from '../forms/text-field.tsx';
import { RestoredSwitch } from '../restores/restored-switch.tsx';
import { guardCardNumbers } from '../query/card-guard.ts';
import { TimeRangeControl } from '../time-range/time-range-control.tsx';
import type { EffectiveRange } from '../time-range/time-range.ts';
import { useZone } from '../time/use-zone.tsx';
import type { TrailState } from './use-trail-state.ts';

interface TrailFiltersProps {
  state: TrailState;
  effective: EffectiveRange | null;
  words: string;
  onWords: (words: string) => void;
  onChange: (part: Partial<TrailState>) => void;
}

/** Whom or what to follow and when; words narrow what has been read. */
export function TrailFilters({ state, effective, words, onWords, onChange }: TrailFiltersProps) {
  const t = useTranslations('trail');
  const query = useTranslations('query');
  const { zone } = useZone();
  const [typed, setTyped] = useState(state.person);
  const [shown, setShown] = useState(state.person);
  // The address changed, by Back or by a link: what it says is what the field says.
  if (shown !== state.person) {
    setShown(state.person);
    setTyped(state.person);
  }
  const wrong = guardCardNumbers(typed) ? query('cardNumber') : null;
  const follow = (event: FormEvent) => {
    event.preventDefault();
    if (wrong === null && typed.trim() !== '') onChange({ person: typed.trim(), q: '' });
  };
  return (
    <div className="mb-4 grid grid-cols-[minmax(0,1fr)] gap-3 print:hidden">
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 max-sm:justify-start">
        <RestoredSwitch on={state.restored} onChange={(restored) => onChange({ restored })} />
        <TimeRangeControl
          range={state.t}
          effective={effective}
          zone={zone}
          onRange={(range) => onChange({ t: range })}
        />
      </div>
      <Form
        onSubmit={follow}
        aria-label={t('whom')}
        className="grid grid-cols-[repeat(auto-fit,minmax(14rem,1fr))] items-start gap-3"
      >
        <TextField
          label={t('person')}
          placeholder={t('personExample')}
          value={typed}
          onChange={setTyped}
          error={wrong}
        />
        <Button type="submit" className="control control-primary mt-[26px] justify-self-start">
          {t('follow')}
        </Button>
        <TextField label={t('narrow')} type="search" value={words} onChange={onWords} />
      </Form>
    </div>
  );
}
