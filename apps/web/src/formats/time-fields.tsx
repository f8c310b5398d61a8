'use client';

import { useTranslations } from 'next-intl';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import type { KeysPart } from './editor-part.ts';

const none = '-';

/** Which key holds the time, and how it is written. */
export function TimeFields({ keys, definition, onChange, problemAt }: KeysPart) {
  const t = useTranslations('formats');
  const { time } = definition;
  const names = [...new Set([...keys.map(({ key }) => key), ...(time === undefined ? [] : [time.key])])];
  const choose = (key: string) => {
    const { time: former, ...rest } = definition;
    onChange(key === none ? rest : { ...rest, time: { patterns: ['%Y-%m-%d %H:%M:%S'], ...former, key } });
  };
  return (
    <section aria-label={t('steps.time')} className="grid gap-3">
      <h3 className="font-medium">{t('steps.time')}</h3>
      <SelectField
        label={t('timeKey')}
        options={[{ id: none, label: t('noTime') }, ...names.map((id) => ({ id, label: id }))]}
        value={time?.key ?? none}
        onChange={choose}
        error={problemAt('time.key')}
      />
      {time !== undefined && (
        <>
          <TextField
            label={t('timePattern')}
            description={t('timePatternNote')}
            value={time.patterns.join('\n')}
            onChange={(text) =>
              onChange({ ...definition, time: { ...time, patterns: text.split('\n').filter((each) => each !== '') } })
            }
            rows={2}
            monospace
            autoComplete="off"
            error={problemAt('time.patterns')}
          />
          <TextField
            label={t('timeZone')}
            description={t('timeZoneNote')}
            value={time.timeZone ?? ''}
            onChange={(timeZone) => {
              const { timeZone: _former, ...rest } = time;
              onChange({ ...definition, time: timeZone === '' ? rest : { ...rest, timeZone } });
            }}
            placeholder="Asia/Tokyo"
            monospace
            autoComplete="off"
            error={problemAt('time.timeZone')}
          />
        </>
      )}
    </section>
  );
}
