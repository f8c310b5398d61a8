'use client';

import type { EditorView } from '@codemirror/view';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useImperativeHandle, useRef, useState, type Ref, type RefObject } from 'react';
import type { CompletionInput } from './query-completion.ts';

interface QueryFieldProps {
  text: string;
  describedBy: string;
  /** Puts the focus into the field, whichever of the two is there. */
  focus: Ref<{ focus: () => void }>;
  onChange: (text: string) => void;
  onRun: (text: string) => void;
  onCompleting: (open: boolean) => void;
  values: CompletionInput['values'];
}

/**
 * The text of a query. A plain field until somebody comes to it; then the editor is fetched and takes its place, with text,
 * cursor and focus, as soon as nobody is in the middle of a composition.
 */
export function QueryField({ focus, ...props }: QueryFieldProps) {
  const t = useTranslations('query');
  const locale = useLocale();
  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<EditorView | null>(null);
  /** What was typed into the plain field, and the text that stood there before. */
  const typed = useRef<{ before: string; text: string } | null>(null);
  const [wanted, setWanted] = useState(false);
  const [ready, setReady] = useState(false);
  const latest = useLatest({ ...props, t });

  useEffect(() => {
    if (!wanted) return;
    let left = false;
    const start = async () => {
      const { createQueryEditor, completeQuery } = await import('./query-editor-parts.ts');
      await compositionEnd(plain.current);
      if (left || !host.current) return;
      const { describedBy, t: words } = latest.current;
      const text = plain.current?.value ?? latest.current.text;
      const field = plain.current?.matches(':focus') ? plain.current : null;
      const before = field && typed.current?.text === text ? typed.current.before : text;
      const view = createQueryEditor(host.current, before, {
        run: (query) => latest.current.onRun(query),
        change: (query) => latest.current.onChange(query),
        completing: (open) => latest.current.onCompleting(open),
        complete: completeQuery({
          locale,
          typeWord: (type) => words(`types.${type as 'keyword'}`),
          countWord: (count) => words('valueCount', { count }),
          values: (field, prefix) => latest.current.values(field, prefix),
        }),
        label: words('label'),
        describedBy,
        placeholder: words('placeholder'),
      });
      if (field) takeOver(view, field);
      typed.current = null;
      editor.current = view;
      setReady(true);
    };
    void start();
    return () => {
      left = true;
      editor.current?.destroy();
      editor.current = null;
      setReady(false);
    };
  }, [latest, locale, wanted]);

  useEffect(() => replaceText(editor.current, props.text), [props.text]);
  useImperativeHandle(focus, () => ({ focus: () => (editor.current ?? plain.current)?.focus() }), []);

  return (
    <div className="min-w-0 flex-1" onFocus={() => setWanted(true)} onPointerEnter={() => setWanted(true)}>
      <div ref={host} />
      {!ready && (
        <textarea
          ref={plain}
          rows={1}
          value={props.text}
          aria-label={t('label')}
          aria-describedby={props.describedBy}
          placeholder={t('placeholder')}
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          className="plain-query"
          onCompositionStart={(event) => (event.currentTarget.dataset['composing'] = '')}
          onCompositionEnd={(event) => delete event.currentTarget.dataset['composing']}
          onChange={(event) => {
            typed.current = { before: typed.current?.before ?? props.text, text: event.target.value };
            props.onChange(event.target.value);
          }}
          onKeyDown={(event) => {
            const composing = event.nativeEvent.isComposing || event.keyCode === 229;
            if (composing || event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            typed.current = null;
            props.onRun(event.currentTarget.value);
          }}
        />
      )}
    </div>
  );
}

/** Puts focus, cursor and text of the plain field into the editor; new text as typed there: completed, and undone in one. */
function takeOver(view: EditorView, field: HTMLTextAreaElement) {
  const selection = { anchor: field.selectionStart, head: field.selectionEnd };
  view.focus();
  if (view.state.doc.toString() === field.value) return view.dispatch({ selection });
  const changes = { from: 0, to: view.state.doc.length, insert: field.value };
  view.dispatch({ changes, selection, userEvent: 'input.type' });
}

function replaceText(view: EditorView | null, text: string) {
  if (!view || view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
}

/** Taking the field away from under an input method would lose what is being composed. */
function compositionEnd(field: HTMLTextAreaElement | null): Promise<void> {
  return new Promise((done) => {
    if (!field || !field.matches(':focus') || field.dataset['composing'] === undefined) return done();
    field.addEventListener('compositionend', () => setTimeout(done), { once: true });
  });
}

function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value);
  useEffect(() => {
    ref.current = value;
  });
  return ref;
}
