'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { createKey, type AccessKeyWithSecret } from '../api-client/keys.ts';
import { FieldProblems } from '../forms/field-problems.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSending } from '../forms/use-sending.ts';

/** The key of the first sender: where it writes to, and what it is called. */
export function KeyForm({ onMade }: { onMade: (made: AccessKeyWithSecret) => void }) {
  const t = useTranslations('firstLog.key');
  const keys = useTranslations('keys');
  const fields = useTranslations('access.logGroupsField');
  const forms = useTranslations('forms');
  const client = useQueryClient();
  const [name, setName] = useState('first-sender');
  const [logGroup, setLogGroup] = useState('linux/messages');
  const { pending, error, send } = useSending();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(async () => {
      const made = await createKey({ kind: 'ingest', name, logGroups: [logGroup.trim()], addressRanges: [] });
      onMade(made);
      await client.invalidateQueries({ queryKey: ['access-keys'] });
    });
  };
  return (
    <Form onSubmit={submit} className="grid max-w-xl gap-4">
      <FieldProblems error={error} words={{ 'name-taken': keys('nameTaken') }}>
        <p className="text-muted">{t('text')}</p>
        <TextField
          name="logGroups"
          label={fields('label')}
          description={t('logGroupNote')}
          value={logGroup}
          onChange={setLogGroup}
          isRequired
          monospace
        />
        <TextField
          name="name"
          label={keys('columns.name')}
          description={keys('nameNote')}
          value={name}
          onChange={setName}
          isRequired
          maxLength={80}
        />
      </FieldProblems>
      <Button type="submit" className="control control-primary justify-self-start">
        {pending ? forms('pending') : t('action')}
      </Button>
    </Form>
  );
}
