'use client';

import { useTranslations } from 'next-intl';
import { ConditionField } from '../query/condition-field.tsx';

interface RowFilterFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** The form was sent: say at once what is wrong. */
  showMistakeNow: boolean;
}

/** A query that every event of the grant must match. */
export function RowFilterField(props: RowFilterFieldProps) {
  const t = useTranslations('access.grantForm');
  return (
    <ConditionField
      {...props}
      label={t('rowFilter')}
      description={t('rowFilterNote')}
      placeholder="host.name:web* NOT user.name:root"
    />
  );
}
