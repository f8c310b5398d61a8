'use client';

import { columnWords, type FlagRule } from '@akashi/report';
import { useTranslations } from 'next-intl';
import { useHoursWords } from '../areas/use-hours-words.ts';
import { useInLanguage } from '../report-words/use-reports.ts';

/** What a flag's rule says, with its figures, as a sentence. */
export function useRuleWords(): (rule: FlagRule) => string {
  const t = useTranslations('reports.rules');
  const inLanguage = useInLanguage();
  const hoursWords = useHoursWords();
  return (rule) => {
    switch (rule.kind) {
      case 'first-time': {
        const columns = rule.of.map((column) => inLanguage(columnWords[column])).join(t('and'));
        return t('firstTime', { columns, days: rule.days });
      }
      case 'outside-hours':
        return rule.hours === undefined ? t('outsideHours') : t('outsideOwnHours', { hours: hoursWords(rule.hours) });
      case 'failures-in-a-row':
        return t('failuresInARow', { count: rule.count, minutes: rule.minutes });
      case 'success-after-failures':
        return t('successAfterFailures', { count: rule.count, minutes: rule.minutes, within: rule.withinMinutes });
      case 'unchanged-credential':
        return t('unchangedCredential', { days: rule.days });
      case 'bulk':
        return t('bulk', { count: rule.count, minutes: rule.minutes, rows: rule.rows });
      case 'any':
        return rule.where === undefined || rule.where.trim() === '' ? t('any') : t('anyWhere', { where: rule.where });
      case 'changed-for-other':
        return t('changedForOther');
      case 'outside-approval':
        return t('outsideApproval');
      case 'person-unknown':
        return t('personUnknown');
      case 'person-conflict':
        return t('personConflict');
    }
  };
}
