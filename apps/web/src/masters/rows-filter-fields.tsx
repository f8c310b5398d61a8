'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { MomentField } from '../forms/moment-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useMastersState } from './use-masters-state.ts';

/** Which rows: those that hold a text, those that held at a moment. */
export function RowsFilterFields() {
  const [{ at, q }] = useMastersState();
  // What is typed begins again when the address says something else.
  return <Fields key={`${q} ${at}`} at={at} query={q} />;
}

function Fields({ at, query }: { at: string | null; query: string }) {
  const t = useTranslations('masters');
  const [, set] = useMastersState();
  const [typed, setTyped] = useState(query);
  const [moment, setMoment] = useState(at);
  return (
    <Form
      role="search"
      className="flex flex-wrap items-end gap-3 print:hidden"
      onSubmit={(event) => {
        event.preventDefault();
        void set({ q: typed.trim() === '' ? null : typed.trim(), at: moment });
      }}
    >
      <TextField label={t('find')} type="search" value={typed} onChange={setTyped} maxLength={200} />
      <MomentField label={t('at')} value={moment} onChange={setMoment} />
      <Button type="submit" className="control">
        {t('apply')}
      </Button>
      {(query !== '' || at !== null) && (
        <Button className="control control-quiet" onPress={() => void set({ q: null, at: null })}>
          {t('clear')}
        </Button>
      )}
    </Form>
  );
}
