'use client';

import { useTranslations } from 'next-intl';
import { useRoleWord } from '../access/use-role-word.ts';
import type { GroupRule } from '../api-client/identity-providers.ts';
import type { GroupNames } from './use-group-names.ts';

/** How many rules there are, and below it each in one line: who, as what, in which groups. */
export function RuleLines({ rules, groups }: { rules: readonly GroupRule[]; groups: GroupNames }) {
  const t = useTranslations('identityProviders');
  const roleWord = useRoleWord();
  const namesOf = (ids: readonly string[]) =>
    groups.known ? ids.map(groups.nameOf).join(t('separator')) : t('groupCount', { count: ids.length });
  return (
    <>
      {t('ruleCount', { count: rules.length })}
      <ul className="text-meta text-muted">
        {rules.map(({ values, role, groupIds }, index) => (
          <li key={index}>
            {t.rich('rule', {
              values: () => <code className="font-mono">{values.join(', ')}</code>,
              role: role === null ? t('noRole') : roleWord(role),
              groups: groupIds.length === 0 ? t('noGroups') : namesOf(groupIds),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}
