'use client';

import { CornerDownLeft, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { useSettled } from '../time/use-settled.ts';
import { guardCardNumbers, mayAskForValues } from '../query/card-guard.ts';
import type { CompletionInput } from './query-completion.ts';
import { QueryField } from './query-field.tsx';
import { explainMistake, findMistake } from '../query/query-language.ts';

interface QueryLineProps {
  query: string;
  running: boolean;
  onRun: (query: string) => void;
  onCancel: () => void;
  values: CompletionInput['values'];
}

/** Mistakes are underlined at once; the sentence waits until the hand rests, as half a word is always wrong. */
const sentenceDelayMilliseconds = 500;

/** The query as it is typed. It goes no further than here before it is run, and never with a card number in it. */
export function QueryLine({ query, running, onRun, onCancel, values }: QueryLineProps) {
  const t = useTranslations('query');
  const locale = useLocale();
  const [draft, setDraft] = useState(query);
  const [shown, setShown] = useState(query);
  const [refused, setRefused] = useState(false);
  const [completing, setCompleting] = useState(false);
  const field = useRef<{ focus: () => void }>(null);
  const sentenceId = useId();
  const settled = useSettled(draft, sentenceDelayMilliseconds);
  const guard = guardCardNumbers(draft);
  const mistake = !guard && ((draft === settled && !completing) || refused) ? findMistake(draft) : null;

  // The address changed: by a run, by Back, by a chip. What it says is what the line says.
  if (shown !== query) {
    setShown(query);
    setDraft(query);
    setRefused(false);
  }
  const change = (text: string) => {
    setDraft(text);
    setRefused(false);
  };
  const run = (text: string) => {
    if (guardCardNumbers(text)) return;
    const wrong = findMistake(text) !== null;
    setRefused(wrong);
    if (!wrong) onRun(text.trim());
  };
  const runInstead = (text: string) => {
    change(text);
    run(text);
  };
  useCommands({ 'query.focus': () => field.current?.focus() });

  return (
    <div className="query-line min-w-0 flex-1">
      <div
        className={`flex items-start rounded-[4px] border bg-raised pl-2 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent ${mistake || guard ? 'border-bad' : 'border-edge'}`}
      >
        <QueryField
          text={draft}
          describedBy={sentenceId}
          focus={field}
          onChange={change}
          onRun={run}
          onCompleting={setCompleting}
          values={(field, prefix) => (mayAskForValues(prefix) ? values(field, prefix) : Promise.resolve([]))}
        />
        {draft !== '' && (
          <Button
            className="control control-quiet !min-h-[30px] !px-2 text-muted"
            aria-label={t('clear')}
            onPress={() => runInstead('')}
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
        id={sentenceId}
        role="status"
        className={mistake || guard ? 'flex flex-wrap items-center gap-2 pt-1 text-meta text-bad' : 'visually-hidden'}
      >
        {guard && (
          <>
            {t('cardNumber')}
            {guard.instead !== '' && (
              <Button className="control control-small min-w-0" onPress={() => runInstead(guard.instead)}>
                <span className="truncate">{t('cardNumberInstead', { query: guard.instead })}</span>
              </Button>
            )}
          </>
        )}
        {mistake && explainMistake(mistake, locale)}
        {mistake?.suggestion !== undefined && (
          <Button className="control control-small" onPress={() => change(mistake.suggestion ?? '')}>
            {t('fix', { suggestion: mistake.suggestion })}
          </Button>
        )}
      </p>
    </div>
  );
}
