'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readLogGroupNames } from '../api-client/access.ts';
import { TextField } from '../forms/text-field.tsx';
import { nameLines, reachedBy } from './name-lines.ts';

interface LogGroupsFieldProps {
  name?: string;
  /** As it was typed; `nameLines` makes names of it. */
  value: string;
  onChange: (value: string) => void;
  description: string;
}

const mostShown = 12;

/** Log groups by names and patterns; what they reach now stands below. */
export function LogGroupsField({ name = 'logGroups', value, onChange, description }: LogGroupsFieldProps) {
  const t = useTranslations('access.logGroupsField');
  const names = useQuery({ queryKey: ['log-group-names'], queryFn: ({ signal }) => readLogGroupNames(signal) });
  const patterns = nameLines(value);
  const reached = reachedBy(patterns, names.data ?? []);
  const shown = reached.slice(0, mostShown).join(t('separator')) + (reached.length > mostShown ? ' …' : '');
  return (
    <div>
      <TextField
        name={name}
        label={t('label')}
        description={description}
        value={value}
        onChange={onChange}
        rows={2}
        monospace
        isRequired
      />
      <p role="status" className="mt-1 text-meta text-muted">
        {patterns.length > 0 &&
          (reached.length === 0 ? t('reachesNone') : t('reaches', { count: reached.length, names: shown }))}
      </p>
    </div>
  );
}
