'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { saveFormat, suggestFormat, tryFormat, type FormatDefinition } from '../api-client/formats.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { TextField } from '../forms/text-field.tsx';
import { foundKeys, isComplete } from './editor-state.ts';
import { KeysTable } from './keys-table.tsx';
import { ReadingFields } from './reading-fields.tsx';
import { RulesFields } from './rules-fields.tsx';
import { TimeFields } from './time-fields.tsx';
import { TriedLines } from './tried-lines.tsx';
import { useSettled } from '../time/use-settled.ts';
import { useProblemWords } from './use-problem-words.ts';

interface FormatEditorProps {
  initial: FormatDefinition;
  isNew: boolean;
  /** What it begins with to be tried on. */
  lines: readonly string[];
  /** Names of formats that there are. */
  taken: readonly string[];
  onClose: () => void;
  onSaved: (saved: { id: string; version: number }) => Promise<unknown>;
}

const nameForm = /^[a-z0-9][a-z0-9-]{0,63}$/;
const mostLines = 200;
const settlesAfterMs = 350;

/** A format while it is written: lines on one side, what they become below, at every change. */
export function FormatEditor({ initial, isNew, lines: given, taken, onClose, onSaved }: FormatEditorProps) {
  const t = useTranslations('formats');
  const words = useProblemWords();
  const [definition, setDefinition] = useState(initial);
  const [text, setText] = useState(given.join('\n'));
  const [pending, setPending] = useState<'save' | 'suggest' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = useSettled(JSON.stringify({ definition, text }), settlesAfterMs);
  const lines = linesOf(text);
  const trial = useQuery({
    queryKey: ['formats', 'try', asked],
    queryFn: ({ signal }) => {
      const wanted = JSON.parse(asked) as { definition: FormatDefinition; text: string };
      // A format without a name is tried like any other.
      const name = nameForm.test(wanted.definition.name) ? wanted.definition.name : 'new';
      return tryFormat({ ...wanted.definition, name }, linesOf(wanted.text), signal);
    },
    enabled: lines.length > 0 && isComplete(definition),
    placeholderData: (last) => last,
    retry: false,
  });
  const tried = trial.data?.lines ?? [];
  const problems = trial.data?.problems ?? [];
  const keys = foundKeys(tried, definition);
  const problemAt = (path: string) => {
    const found = problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}.`));
    return found.length === 0 ? undefined : found.map(words).join(' ');
  };
  const act = async (kind: 'save' | 'suggest', work: () => Promise<unknown>) => {
    setPending(kind);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    }
    setPending(null);
  };
  const nameError =
    definition.name !== '' && !nameForm.test(definition.name)
      ? t('nameForm')
      : isNew && taken.includes(definition.name)
        ? t('nameTaken')
        : undefined;
  return (
    <section aria-label={t('editor')} className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h2 className="text-title font-medium">{isNew ? t('newTitle') : t('editTitle', { name: initial.name })}</h2>
        <span className="flex gap-2">
          <Button className="control" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button
            className="control control-primary"
            isDisabled={
              pending !== null ||
              definition.name === '' ||
              nameError !== undefined ||
              problems.length > 0 ||
              !isComplete(definition)
            }
            onPress={() => void act('save', async () => onSaved(await saveFormat(definition)))}
          >
            {pending === 'save' ? t('saving') : t('save')}
          </Button>
        </span>
      </div>
      <FormProblem error={error} words={{ 'request-invalid': t('invalid'), 'conflict/too-many': t('tooMany') }} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid gap-3">
          <h3 className="font-medium">{t('steps.lines')}</h3>
          <TextField
            label={t('lines')}
            description={t('linesNote')}
            value={text}
            onChange={setText}
            rows={8}
            monospace
            autoComplete="off"
          />
          <div>
            <Button
              className="control"
              isDisabled={pending !== null || lines.length === 0}
              onPress={() =>
                void act('suggest', async () => {
                  const suggestion = await suggestFormat(lines);
                  // The name may have been typed meanwhile.
                  if (suggestion !== null) setDefinition(({ name }) => ({ name, ...suggestion }));
                })
              }
            >
              {pending === 'suggest' ? t('suggesting') : t('suggest')}
            </Button>
          </div>
        </div>
        <div className="grid gap-3">
          <h3 className="font-medium">{t('steps.reading')}</h3>
          <TextField
            label={t('name')}
            description={t('nameNote')}
            value={definition.name}
            onChange={(name) => setDefinition({ ...definition, name })}
            isReadOnly={!isNew}
            isRequired
            maxLength={64}
            monospace
            autoComplete="off"
            error={nameError}
          />
          <ReadingFields definition={definition} onChange={setDefinition} problemAt={problemAt} />
        </div>
      </div>
      <TriedLines
        lines={tried}
        isEmpty={lines.length === 0}
        isWrong={problems.length > 0}
        error={trial.isError ? trial.error : null}
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <KeysTable keys={keys} definition={definition} onChange={setDefinition} problemAt={problemAt} />
        <TimeFields keys={keys} definition={definition} onChange={setDefinition} problemAt={problemAt} />
      </div>
      <RulesFields keys={keys} definition={definition} onChange={setDefinition} problemAt={problemAt} />
    </section>
  );
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, mostLines);
}
