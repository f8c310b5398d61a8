'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import { changeOrganisation, type Organisation } from '../api-client/organisation.ts';
import { FieldProblems } from '../forms/field-problems.tsx';
import { useNotify } from '../forms/notices.tsx';
import { TextField } from '../forms/text-field.tsx';

const settings = [
  'passwordMinLength',
  'passwordHistory',
  'lockAfterFailures',
  'lockMinutes',
  'idleMinutes',
  'absoluteHours',
  'dormantDays',
  'stepUpMinutes',
] as const;
type Setting = (typeof settings)[number];

/** The limits of signing in. They can be tightened, never loosened beyond PCI DSS; the API says which number forbids it. */
export function SignInLimits({ organisation, mayManage }: { organisation: Organisation; mayManage: boolean }) {
  const t = useTranslations('organisation.limits');
  const page = useTranslations('organisation');
  const forms = useTranslations('forms');
  const client = useQueryClient();
  const notify = useNotify();
  const known = settings.filter((name) => organisation.securityLimits[name] !== undefined);
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(known.map((name) => [name, String(organisation.security[name] ?? '')])),
  );
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const changed = known.filter((name) => Number(values[name]) !== organisation.security[name]);
      const security = Object.fromEntries(changed.map((name) => [name, readNumber(values[name])]));
      client.setQueryData(['organisation'], await changeOrganisation({ security }));
      notify({ text: page('saved') });
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const refusal = refusalOf(error);
  const refusalWords =
    refusal === null || !isSetting(refusal.setting) ? t('refused') : wordsOf(refusal.setting, refusal);
  return (
    <Form onSubmit={(event) => void save(event)} className="grid max-w-[80ch] gap-6">
      <p className="text-muted">{t('text')}</p>
      <FieldProblems error={error} words={{ 'setting-too-weak': refusalWords, 'request-invalid': t('outOfRange') }}>
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {known.map((name) => {
            return (
              <TextField
                key={name}
                name={`security.${name}`}
                label={t(`names.${name}`)}
                description={rangeOf(organisation.securityLimits[name] ?? noLimit)}
                type="number"
                inputMode="numeric"
                value={values[name] ?? ''}
                onChange={(next) => setValues((last) => ({ ...last, [name]: next }))}
                isRequired
                isDisabled={!mayManage}
                error={refusal?.setting === name ? refusalWords : null}
              />
            );
          })}
        </div>
        {mayManage && (
          <div>
            <Button type="submit" className="control control-primary" isDisabled={pending}>
              {pending ? forms('pending') : page('save')}
            </Button>
          </div>
        )}
      </FieldProblems>
    </Form>
  );

  function wordsOf(name: Setting, { limit, requirement }: Refusal): string {
    const setting = t(`names.${name}`);
    return requirement === '' ? t('tooWeak', { setting, limit }) : t('tooWeakPci', { setting, limit, requirement });
  }

  function rangeOf({ weakest, strictest, requirement }: Organisation['securityLimits'][string]): string {
    const range = { from: Math.min(weakest, strictest), to: Math.max(weakest, strictest), weakest };
    if (requirement === null) return t('range', range);
    return t('rangePci', { ...range, requirement: requirementNumber(requirement) });
  }
}

interface Refusal {
  setting: string;
  limit: number;
  requirement: string;
}

const noLimit = { weakest: 0, strictest: 0, requirement: null };

function isSetting(name: string): name is Setting {
  return (settings as readonly string[]).includes(name);
}

function readNumber(text: string | undefined): number {
  return Math.trunc(Number(text ?? ''));
}

/** `pci:4.0.1:8.3.6` → `8.3.6`. */
function requirementNumber(requirement: string | null): string {
  return requirement?.split(':').at(-1) ?? '';
}

function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof ApiProblem) || error.code !== 'setting-too-weak') return null;
  const params: unknown = error.params['params'];
  if (typeof params !== 'object' || params === null) return null;
  const { setting, limit, requirement } = params as Record<string, unknown>;
  return {
    setting: typeof setting === 'string' ? setting : '',
    limit: typeof limit === 'number' ? limit : 0,
    requirement: requirementNumber(typeof requirement === 'string' ? requirement : null),
  };
}
