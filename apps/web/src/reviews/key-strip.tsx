'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { commands, type CommandId } from '../keyboard/commands.ts';
import { KeyHint } from '../keyboard/key-hint.tsx';
import { useBoundCommands, useKeyboard } from '../keyboard/keyboard-provider.tsx';
import { useCommandWord } from '../keyboard/use-command-word.ts';

const shown: readonly CommandId[] = [
  'row.next',
  'row.previous',
  'row.open',
  'item.noFinding',
  'item.exception',
  'item.comment',
  'item.pin',
  'item.lines',
  'item.bulk',
  'item.undo',
  'review.submit',
  'review.approve',
  'review.return',
];

/** The keys that work here, at the foot of the worklist: those that are bound now, from the list that binds them. */
export function KeyStrip() {
  const t = useTranslations('logReviews.keys');
  const { run, singleKeys } = useKeyboard();
  const wordOf = useCommandWord();
  const bound = useBoundCommands();
  const here = shown.filter((id) => bound.includes(id));
  if (!singleKeys || here.length === 0) return null;
  return (
    <section
      aria-label={t('label')}
      className="sticky bottom-0 -mx-4 -mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-ground px-4 py-1.5 text-meta text-muted max-sm:hidden"
    >
      {commands
        .filter(({ id }) => here.includes(id))
        .toSorted((one, other) => shown.indexOf(one.id) - shown.indexOf(other.id))
        .map(({ id, keys }) => (
          <span key={id} className="inline-flex items-center gap-1.5">
            <KeyHint keys={keys[0] ?? ''} /> {wordOf(id)}
          </span>
        ))}
      <span className="flex-1" />
      <Button className="control control-quiet control-small" onPress={() => run('help.open')}>
        <KeyHint keys="?" /> {t('more')}
      </Button>
    </section>
  );
}
