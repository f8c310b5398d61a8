'use client';

import { sealIntervalLimits } from '@akashi/policy';
import { useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { changeOrganisation, type Organisation } from '../api-client/organisation.ts';
import { FieldProblems } from '../forms/field-problems.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { languageOptions } from '../i18n/language-options.ts';

type Values = Pick<Organisation, 'nameJa' | 'nameEn' | 'timeZone' | 'language' | 'contacts'>;
type Contact = Organisation['contacts'][number];

const purposes = ['security', 'operations', 'billing'] as const;

/** Names, zone, language and contacts; one button saves what was changed. */
export function GeneralSettings({ organisation, mayManage }: { organisation: Organisation; mayManage: boolean }) {
  const t = useTranslations('organisation');
  const forms = useTranslations('forms');
  const client = useQueryClient();
  const router = useRouter();
  const notify = useNotify();
  const { nameJa, nameEn, timeZone, language, contacts } = organisation;
  const [values, setValues] = useState<Values>({ nameJa, nameEn, timeZone, language, contacts });
  const [sealInterval, setSealInterval] = useState(String(organisation.sealIntervalSeconds));
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (part: Partial<Values>) => setValues((last) => ({ ...last, ...part }));
  const setContact = (index: number, part: Partial<Contact>) =>
    set({ contacts: values.contacts.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      client.setQueryData(
        ['organisation'],
        await changeOrganisation({ ...values, sealIntervalSeconds: Number(sealInterval) }),
      );
      notify({ text: t('saved') });
      router.refresh();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const off = { isDisabled: !mayManage };
  const range = { from: sealIntervalLimits.least, to: sealIntervalLimits.most };
  return (
    <Form onSubmit={(event) => void save(event)} className="grid max-w-[80ch] gap-8">
      <FieldProblems error={error} words={{ 'request-invalid': t('invalid') }}>
        <section className="grid gap-4 sm:grid-cols-2">
          <TextField
            name="nameJa"
            label={t('nameJa')}
            value={values.nameJa}
            onChange={(next) => set({ nameJa: next })}
            isRequired
            maxLength={120}
            {...off}
          />
          <TextField
            name="nameEn"
            label={t('nameEn')}
            value={values.nameEn}
            onChange={(next) => set({ nameEn: next })}
            isRequired
            maxLength={120}
            {...off}
          />
          <SearchChoiceField
            name="timeZone"
            label={t('timeZone')}
            description={t('timeZoneNote')}
            options={zoneNames(values.timeZone).map((id) => ({ id, label: id }))}
            value={values.timeZone}
            onChange={(next) => next !== null && set({ timeZone: next })}
            isRequired
            {...off}
          />
          <SelectField
            name="language"
            label={t('language')}
            description={t('languageNote')}
            options={languageOptions}
            value={values.language}
            onChange={(next) => set({ language: next === 'en' ? 'en' : 'ja' })}
            {...off}
          />
          <TextField
            name="sealIntervalSeconds"
            label={t('sealInterval')}
            description={t('sealIntervalNote', range)}
            type="number"
            inputMode="numeric"
            value={sealInterval}
            onChange={setSealInterval}
            error={isSealInterval(sealInterval) ? null : t('sealIntervalRange', range)}
            isRequired
            {...off}
          />
        </section>
        <fieldset className="grid gap-3">
          <legend className="mb-1 font-medium">{t('contacts')}</legend>
          {values.contacts.length === 0 && <p className="text-muted">{t('noContacts')}</p>}
          {values.contacts.map((contact, index) => (
            <div key={index} className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_10rem_auto]">
              <TextField
                name={`contacts.${index}.name`}
                label={t('contactName')}
                value={contact.name}
                onChange={(name) => setContact(index, { name })}
                isRequired
                {...off}
              />
              <TextField
                name={`contacts.${index}.email`}
                label={t('contactEmail')}
                type="email"
                value={contact.email}
                onChange={(email) => setContact(index, { email })}
                isRequired
                {...off}
              />
              <SelectField
                name={`contacts.${index}.purpose`}
                label={t('purpose')}
                options={purposes.map((id) => ({ id, label: t(`purposes.${id}`) }))}
                value={contact.purpose}
                onChange={(purpose) => setContact(index, { purpose })}
                {...off}
              />
              {mayManage && (
                <Button
                  className="control control-quiet"
                  aria-label={t('removeContact', { name: contact.name })}
                  onPress={() => set({ contacts: values.contacts.filter((_, at) => at !== index) })}
                >
                  <X size={16} aria-hidden />
                </Button>
              )}
            </div>
          ))}
          {mayManage && (
            <Button
              className="control justify-self-start"
              isDisabled={values.contacts.length >= 20}
              onPress={() => set({ contacts: [...values.contacts, { name: '', email: '', purpose: 'security' }] })}
            >
              <Plus size={16} aria-hidden />
              {t('addContact')}
            </Button>
          )}
        </fieldset>
        {mayManage && (
          <div>
            <Button
              type="submit"
              className="control control-primary"
              isDisabled={pending || !isSealInterval(sealInterval)}
            >
              {pending ? forms('pending') : t('save')}
            </Button>
          </div>
        )}
      </FieldProblems>
    </Form>
  );
}

function isSealInterval(text: string): boolean {
  const seconds = Number(text);
  return Number.isInteger(seconds) && seconds >= sealIntervalLimits.least && seconds <= sealIntervalLimits.most;
}

function zoneNames(present: string): string[] {
  return [...new Set([present, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
