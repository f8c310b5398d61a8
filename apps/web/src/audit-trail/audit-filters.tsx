'use client';

import { auditActions, auditGroups } from '@akashi/audit-trail';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { guardCardNumbers } from '../query/card-guard.ts';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { TimeRangeControl } from '../time-range/time-range-control.tsx';
import type { EffectiveRange } from '../time-range/time-range.ts';
import { useZone } from '../time/use-zone.tsx';
import { AuditSummary } from './audit-summary.tsx';
import type { AuditState } from './use-audit-state.ts';

interface AuditFiltersProps {
  state: AuditState;
  effective: EffectiveRange | null;
  onChange: (part: Partial<AuditState>) => void;
}

const anything = 'all';

/** Person, act, outcome and time, above what they filter. Choices hold at once; typed words with Enter. */
export function AuditFilters({ state, effective, onChange }: AuditFiltersProps) {
  const t = useTranslations('audit');
  const query = useTranslations('query');
  const locale = useLocale();
  const { zone } = useZone();
  const [typed, setTyped] = useState({ actor: state.actor, target: state.target });
  const [shown, setShown] = useState({ actor: state.actor, target: state.target });
  // The address changed, by Back or by a row: what it says is what the fields say.
  if (shown.actor !== state.actor || shown.target !== state.target) {
    setShown({ actor: state.actor, target: state.target });
    setTyped({ actor: state.actor, target: state.target });
  }
  const wrong = (text: string) => (guardCardNumbers(text) ? query('cardNumber') : null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (wrong(typed.actor) !== null || wrong(typed.target) !== null) return;
    onChange({ actor: typed.actor.trim(), target: typed.target.trim() });
  };
  const actions = Object.entries(auditActions).filter(([, kind]) => kind.group === state.group);
  return (
    <>
      <AuditSummary state={state} effective={effective} />
      <div className="mb-4 grid grid-cols-[minmax(0,1fr)] gap-3 print:hidden">
        <div className="flex justify-end max-sm:justify-start">
          <TimeRangeControl range={state.t} effective={effective} zone={zone} onRange={(t) => onChange({ t })} />
        </div>
        <Form
          onSubmit={apply}
          className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] items-start gap-3"
          aria-label={t('filters')}
        >
          <TextField
            label={t('columns.who')}
            placeholder={t('whoExample')}
            value={typed.actor}
            onChange={(actor) => setTyped((last) => ({ ...last, actor }))}
            error={wrong(typed.actor)}
          />
          <SelectField
            label={t('group')}
            options={[
              { id: anything, label: t('anything') },
              ...auditGroups.map((id) => ({ id: id as string, label: t(`groups.${id}`) })),
            ]}
            value={state.group ?? anything}
            onChange={(group) => onChange({ group: group === anything ? null : group, action: null })}
          />
          <SelectField
            label={t('columns.what')}
            isDisabled={state.group === null}
            options={[
              { id: anything, label: t('anything') },
              ...actions.map(([id, kind]) => ({ id, label: kind.label[locale] })),
            ]}
            value={state.action ?? anything}
            onChange={(action) => onChange({ action: action === anything ? null : action })}
          />
          <SelectField
            label={t('columns.result')}
            options={[
              { id: anything, label: t('anything') },
              { id: 'success', label: t('outcomes.success') },
              { id: 'failure', label: t('outcomes.failure') },
            ]}
            value={state.outcome ?? anything}
            onChange={(outcome) =>
              onChange({ outcome: outcome === 'success' || outcome === 'failure' ? outcome : null })
            }
          />
          <TextField
            label={t('columns.onWhat')}
            placeholder={t('targetExample')}
            value={typed.target}
            onChange={(target) => setTyped((last) => ({ ...last, target }))}
            error={wrong(typed.target)}
          />
          <Button type="submit" className="control mt-[26px] justify-self-start">
            {t('apply')}
          </Button>
        </Form>
      </div>
    </>
  );
}
