'use client';

import { platformRoles, tenantRoles } from '@akashi/policy';
import { useTranslations } from 'next-intl';
import { useRoleWord } from '../access/use-role-word.ts';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { nowMilliseconds } from '../time/clock.ts';

export interface RoleChoice {
  role: string;
  /** RFC 3339; null for access without an end, which an auditor cannot have. */
  accessUntil: string | null;
}

interface RoleFieldsProps {
  value: RoleChoice;
  onChange: (value: RoleChoice) => void;
}

/** The role, and until when: an auditor's access always has an end. */
export function RoleFields({ value, onChange }: RoleFieldsProps) {
  const t = useTranslations('members.role');
  const notes = useTranslations('roleNotes');
  const roleWord = useRoleWord();
  const roles = mayDo(useSession(), 'platform.manage') ? platformRoles : tenantRoles;
  const chosen = roles.find((id) => id === value.role);
  const isAuditor = value.role === 'auditor';
  const isBoxed = isAuditor || value.accessUntil !== null;
  return (
    <>
      <SelectField
        name="role"
        label={t('label')}
        options={roles.map((id) => ({ id, label: roleWord(id), description: notes(id) }))}
        value={chosen ?? null}
        onChange={(role) => onChange({ role, accessUntil: role === 'auditor' ? (value.accessUntil ?? later()) : null })}
        {...(chosen === undefined ? {} : { description: notes(chosen) })}
        isRequired
      />
      {!isAuditor && (
        <CheckboxField
          label={t('boxed')}
          value={isBoxed}
          onChange={(on) => onChange({ ...value, accessUntil: on ? later() : null })}
        />
      )}
      {isBoxed && (
        <MomentField
          name="accessUntil"
          label={t('until')}
          description={isAuditor ? t('auditorNote') : t('untilNote')}
          value={value.accessUntil}
          onChange={(accessUntil) => onChange({ ...value, accessUntil })}
          isRequired
        />
      )}
    </>
  );
}

const suggestedDays = 30;

/** A month from now, at a full hour: a suggestion, to be changed. */
function later(): string {
  const end = new Date(nowMilliseconds() + suggestedDays * 86_400_000);
  end.setMinutes(0, 0, 0);
  return end.toISOString();
}
