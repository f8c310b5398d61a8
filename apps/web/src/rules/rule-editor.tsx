'use client';

import type { RuleInput } from '@akashi/contracts';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { checkRule, type RuleProblem, type WrittenRule } from '../api-client/rules.ts';
import { FieldProblems } from '../forms/field-problems.tsx';
import { TabPages } from '../forms/tab-pages.tsx';
import { TextField } from '../forms/text-field.tsx';
import { draftOf, emptyDraft, inputOf, type RuleDraft } from './rule-draft.ts';
import { RuleHeadFields } from './rule-head-fields.tsx';
import { RuleKindFields } from './rule-kind-fields.tsx';
import { RuleProblems } from './rule-problems.tsx';
import { TryRule } from './try-rule.tsx';

type Mode = 'form' | 'json' | 'sigma';

interface RuleEditorProps {
  /** A rule as it was saved; without it a new one. */
  initial?: { readonly format: 'json' | 'sigma'; readonly source: string };
  onSave: (rule: WrittenRule) => Promise<unknown>;
  onClose: () => void;
  problemWords?: Readonly<Record<string, string>>;
}

/** A rule as a form, as JSON, or as the Sigma text that it came as; tried on past days before it is saved. */
export function RuleEditor({ initial, onSave, onClose, problemWords }: RuleEditorProps) {
  const t = useTranslations('rules.editor');
  const forms = useTranslations('forms');
  const isSigma = initial?.format === 'sigma';
  const own = initial?.format === 'json' ? initial.source : undefined;
  const [mode, setMode] = useState<Mode>(isSigma ? 'sigma' : 'form');
  const [draft, setDraft] = useState<RuleDraft>(() => (own === undefined ? emptyDraft : readDraft(own)));
  const [json, setJson] = useState('');
  const [sigma, setSigma] = useState(isSigma ? initial.source : '');
  const [isUnreadable, setUnreadable] = useState(false);
  const [problems, setProblems] = useState<readonly RuleProblem[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);

  const written = (): WrittenRule | undefined => {
    if (mode === 'form') return inputOf(draft);
    if (mode === 'sigma') return sigma;
    const read = readJson(json);
    setUnreadable(read === undefined);
    return read;
  };
  const turn = (next: Mode) => {
    if (next === 'json' && mode === 'form') setJson(JSON.stringify(inputOf(draft), null, 2));
    if (next === 'form' && mode === 'json') {
      const read = readJson(json);
      setUnreadable(read === undefined);
      if (read === undefined) return;
      setDraft(draftOf(read));
    }
    setMode(next);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const rule = written();
    if (rule === undefined || pending) return;
    setPending(true);
    setError(null);
    try {
      const checked = await checkRule(rule);
      setProblems(checked.problems);
      if (checked.problems.length === 0) await onSave(rule);
    } catch (failure) {
      setError(failure);
    }
    setPending(false);
  };

  const tabs = [
    ...(isSigma ? [] : (['form', 'json'] as const)),
    ...(initial === undefined || isSigma ? (['sigma'] as const) : []),
  ];
  const content: Record<Mode, () => React.ReactNode> = {
    form: () => (
      <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4">
        <RuleKindFields draft={draft} onChange={(change) => setDraft((now) => ({ ...now, ...change }))} />
        <RuleHeadFields draft={draft} onChange={(change) => setDraft((now) => ({ ...now, ...change }))} />
      </div>
    ),
    json: () => (
      <TextField
        label={t('json')}
        description={t('jsonNote')}
        value={json}
        onChange={setJson}
        error={isUnreadable ? t('jsonUnreadable') : null}
        rows={24}
        monospace
      />
    ),
    sigma: () => (
      <TextField
        label={t('sigma')}
        description={t('sigmaNote')}
        value={sigma}
        onChange={setSigma}
        rows={24}
        monospace
        isRequired
      />
    ),
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <Form onSubmit={(event) => void save(event)} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <FieldProblems error={error} words={problemWords}>
          <RuleProblems problems={problems} />
          {initial !== undefined && <p className="max-w-[72ch] text-muted">{t('goesOn')}</p>}
          <TabPages
            label={t('modes')}
            tabs={tabs.map((id) => ({ id, label: t(`mode.${id}`), content: content[id] }))}
            value={mode}
            onChange={turn}
          />
        </FieldProblems>
        <div className="flex gap-3">
          <Button type="submit" className="control control-primary">
            {pending ? forms('pending') : t('save')}
          </Button>
          <Button className="control" onPress={onClose} isDisabled={pending}>
            {forms('cancel')}
          </Button>
        </div>
      </Form>
      <TryRule rule={written} />
    </div>
  );
}

/** Undefined where it is no JSON object. What else is wrong with it is the API's to say. */
function readJson(text: string): RuleInput | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as RuleInput) : undefined;
  } catch {
    return undefined;
  }
}

function readDraft(source: string): RuleDraft {
  const read = readJson(source);
  return read === undefined ? emptyDraft : draftOf(read);
}
