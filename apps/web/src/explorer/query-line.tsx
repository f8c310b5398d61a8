'use client';

import type { EditorView } from '@codemirror/view';
import { CornerDownLeft, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { Button } from 'react-aria-components';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { completeQuery, type CompletionInput } from './query-completion.ts';
import { createQueryEditor } from './query-editor.ts';
import { explainMistake, findMistake } from './query-language.ts';

interface QueryLineProps {
  query: string;
  running: boolean;
  onRun: (query: string) => void;
  onCancel: () => void;
  values: CompletionInput['values'];
}

/** Mistakes are underlined at once; the sentence waits until the hand rests, as half a word is always wrong. */
const sentenceDelayMilliseconds = 500;

export function QueryLine({ query, running, onRun, onCancel, values }: QueryLineProps) {
  const t = useTranslations('query');
  const locale = useLocale();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const [draft, setDraft] = useState(query);
  const [refused, setRefused] = useState(false);
  const [completing, setCompleting] = useState(false);
  const mistakeId = useId();
  const settled = useSettled(draft, sentenceDelayMilliseconds);
  const mistake = (draft === settled && !completing) || refused ? findMistake(draft) : null;

  const run = (text: string) => {
    const wrong = findMistake(text) !== null;
    setRefused(wrong);
    if (!wrong) onRun(text.trim());
  };
  const latest = useLatest({ run, values, t });

  useEffect(() => {
    if (!host.current) return;
    const words = latest.current.t;
    const view = createQueryEditor(host.current, '', {
      run: (text) => latest.current.run(text),
      change: (text) => {
        setDraft(text);
        setRefused(false);
      },
      completing: setCompleting,
      complete: completeQuery({
        locale,
        typeWord: (type) => words(`types.${type as 'keyword'}`),
        countWord: (count) => words('valueCount', { count }),
        values: (field, prefix) => latest.current.values(field, prefix),
      }),
      label: words('label'),
      describedBy: mistakeId,
      placeholder: words('placeholder'),
    });
    editor.current = view;
    return () => view.destroy();
  }, [latest, locale, mistakeId]);

  useEffect(() => replaceText(editor.current, query), [query, locale]);
  useCommands({ 'query.focus': () => editor.current?.focus() });

  return (
    <div className="query-line min-w-0 flex-1">
      <div
        className={`flex items-start rounded-[4px] border bg-raised pl-2 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent ${mistake ? 'border-bad' : 'border-edge'}`}
      >
        <div ref={host} className="min-w-0 flex-1" />
        {draft !== '' && (
          <Button
            className="control control-quiet !min-h-[30px] !px-2 text-muted"
            aria-label={t('clear')}
            onPress={() => onRun('')}
          >
            <X size={16} aria-hidden />
          </Button>
        )}
        {running ? (
          <Button className="control control-quiet !min-h-[30px]" onPress={onCancel}>
            {t('cancel')}
          </Button>
        ) : (
          <Button
            className="control control-quiet !min-h-[30px] text-accent"
            aria-label={t('run')}
            onPress={() => run(draft)}
          >
            <CornerDownLeft size={16} aria-hidden />
          </Button>
        )}
      </div>
      <p
        id={mistakeId}
        role="status"
        className={mistake ? 'flex flex-wrap items-center gap-2 pt-1 text-meta text-bad' : 'visually-hidden'}
      >
        {mistake && explainMistake(mistake, locale)}
        {mistake?.suggestion !== undefined && (
          <Button
            className="control control-small"
            onPress={() => replaceText(editor.current, mistake.suggestion ?? '')}
          >
            {t('fix', { suggestion: mistake.suggestion })}
          </Button>
        )}
      </p>
    </div>
  );
}

function replaceText(view: EditorView | null, text: string) {
  if (!view || view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
}

function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value);
  useEffect(() => {
    ref.current = value;
  });
  return ref;
}

function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
