'use client';

import { useTranslations } from 'next-intl';
import type { PageId } from '../navigation/pages.ts';
import type { ActionId, CommandId } from './commands.ts';

/** What a command is called: a page by its own name, an action by its word below `keyboard.commands`. */
export function useCommandWord(): (id: CommandId) => string {
  const t = useTranslations('keyboard');
  const page = useTranslations('pages');
  return (id) =>
    isPage(id) ? t('goTo', { page: page(id.slice('go.'.length) as PageId) }) : t(`commands.${keyOf(id)}`);
}

function isPage(id: CommandId): id is `go.${PageId}` {
  return id.startsWith('go.');
}

/** `query.focus` → `query_focus`: dots in message keys mean nesting. */
function keyOf<Id extends ActionId>(id: Id) {
  return id.replace('.', '_') as Id extends `${infer A}.${infer B}` ? `${A}_${B}` : never;
}
