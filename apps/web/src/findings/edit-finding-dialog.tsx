'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { usePeople } from '../access/use-people.ts';
import { changeFinding, type Finding, type FindingChange } from '../api-client/findings.ts';
import { useDraft } from '../drafts/use-draft.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSession } from '../session/session-context.tsx';

const prose = ['reason', 'cause', 'action', 'outcome'] as const;
const severities = ['low', 'medium', 'high'] as const;
type Field = 'title' | 'who' | 'system' | (typeof prose)[number] | 'severity' | 'owner' | 'dueOn' | 'ticket';
const nobody = 'nobody';

/** What is known of a finding; every change stays in its history with what stood there before. */
export function EditFindingDialog({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const t = useTranslations('logFindings');
  const { user } = useSession();
  const people = usePeople();
  const client = useQueryClient();
  const notify = useNotify();
  const { typed, type, drop } = useDraft<Record<Field, string>>(`finding:${finding.id}:edit`);
  const value = (field: Field) =>
    typed[field] ?? (field === 'owner' ? (finding.owner?.id ?? nobody) : (finding[field] ?? ''));
  const owners = [
    { id: user.id, name: user.name || user.email },
    ...(finding.owner === null ? [] : [finding.owner]),
    ...people.list
      .filter(({ disabledAt }) => disabledAt === null)
      .map(({ id, name, email }) => ({ id, name: name || email })),
  ].filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);
  const field = (name: Field) => ({
    name,
    label: t(`fields.${name}`),
    value: value(name),
    onChange: (text: string) => type({ [name]: text }),
  });
  return (
    <FormDialog
      title={t('editTitle')}
      action={t('save')}
      onClose={onClose}
      onSubmit={async () => {
        const change = Object.fromEntries(
          Object.entries(typed).map(([name, text]) => [
            name,
            text.trim() === '' || text === nobody ? null : text.trim(),
          ]),
        ) as FindingChange;
        await changeFinding(finding.id, change);
        drop();
        await Promise.all(['findings', 'log-reviews'].map((key) => client.invalidateQueries({ queryKey: [key] })));
        notify({ text: t('saved') });
      }}
    >
      <TextField {...field('title')} maxLength={200} isRequired />
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          name="severity"
          label={t('fields.severity')}
          options={severities.map((id) => ({ id, label: t(`severities.${id}`) }))}
          value={value('severity')}
          onChange={(severity) => type({ severity })}
        />
        <SelectField
          name="owner"
          label={t('fields.owner')}
          options={[...owners.map(({ id, name }) => ({ id, label: name })), { id: nobody, label: t('noOwner') }]}
          value={value('owner')}
          onChange={(owner) => type({ owner })}
        />
        <TextField {...field('dueOn')} type="date" />
        <TextField {...field('ticket')} maxLength={500} />
        <TextField {...field('who')} maxLength={200} />
        <TextField {...field('system')} maxLength={200} />
      </div>
      {prose.map((name) => (
        <TextField key={name} {...field(name)} maxLength={4_000} rows={2} />
      ))}
    </FormDialog>
  );
}
