'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { nowMilliseconds } from '../time/clock.ts';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { parseTimeText } from './parse-time-text.ts';
import { effectiveText, rangeWord } from './range-words.ts';
import { encodeTimeRange, presetRanges, resolveRange, type EffectiveRange, type TimeRange } from './time-range.ts';

interface RangeFormProps {
  range: TimeRange;
  effective: EffectiveRange | null;
  zone: string;
  onRange: (range: TimeRange) => void;
}

/** A range as typed text, as two moments, or as one of the usual ones. */
export function RangeForm({ range, effective, zone, onRange }: RangeFormProps) {
  const t = useTranslations('range');
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<'unreadable' | 'ends-before-it-starts' | null>(null);
  const [from, setFrom] = useState(effective ? formatInstant(effective.from, zone) : '');
  const [to, setTo] = useState(effective ? formatInstant(effective.to, zone) : '');

  const { zones } = useZone();
  const days = zones.tenant;
  const [now] = useState(() => nowMilliseconds());
  const preview = text === '' ? null : parseTimeText(text, { now, zone, days });
  const apply = (written: string) => (event: FormEvent) => {
    event.preventDefault();
    const result = parseTimeText(written, { now: nowMilliseconds(), zone, days });
    if (result.ok) onRange(result.range);
    else setFailure(result.code);
  };
  return (
    <div className="grid gap-4">
      <Form onSubmit={apply(text)} className="grid gap-1">
        {/* oxlint-disable jsx-a11y/no-autofocus -- the range is opened to be typed into */}
        <TextField
          value={text}
          onChange={(value) => (setText(value), setFailure(null))}
          isInvalid={failure !== null}
          autoFocus
          className="grid gap-1"
        >
          <Label className="text-meta text-muted">{t('typed')}</Label>
          <span className="flex gap-2">
            <Input className="field" placeholder={t('typedExample')} autoComplete="off" spellCheck={false} />
            <Button type="submit" className="control control-primary">
              {t('apply')}
            </Button>
          </span>
          <FieldError className="text-meta text-bad">{failure && t(`failures.${failure}`)}</FieldError>
        </TextField>
        <p role="status" className="min-h-[18px] text-meta text-muted">
          {preview?.ok && effectiveText(resolveRange(preview.range, { now, zone: days }), zone)}
        </p>
      </Form>
      {days !== zone && (
        <p className="-mt-3 text-meta text-muted">{t('organisationDays', { zone: zoneLabel(days, now) })}</p>
      )}
      <ul aria-label={t('presets')} className="grid grid-cols-2 gap-1">
        {presetRanges.map((preset) => {
          const current = encodeTimeRange(preset) === encodeTimeRange(range);
          return (
            <li key={encodeTimeRange(preset)}>
              <Button
                aria-pressed={current}
                className={`control control-quiet w-full !justify-start ${current ? 'bg-selection font-medium' : ''}`}
                onPress={() => onRange(preset)}
              >
                {rangeWord(t, preset)}
              </Button>
            </li>
          );
        })}
      </ul>
      <Form onSubmit={apply(`${from}..${to}`)} className="grid gap-2 border-t border-line pt-3">
        <div className="grid grid-cols-2 gap-2">
          <TextField value={from} onChange={setFrom} className="grid gap-1">
            <Label className="text-meta text-muted">{t('from', { zone: zoneLabel(zone, now) })}</Label>
            <Input className="field" autoComplete="off" />
          </TextField>
          <TextField value={to} onChange={setTo} className="grid gap-1">
            <Label className="text-meta text-muted">{t('to', { zone: zoneLabel(zone, now) })}</Label>
            <Input className="field" autoComplete="off" />
          </TextField>
        </div>
        <Button type="submit" className="control">
          {t('applyAbsolute')}
        </Button>
      </Form>
    </div>
  );
}
