import { pages, type PageId } from '../navigation/pages.ts';

/** Groups in the order of the help. The keys of `search` and of `review` are never bound on the same page. */
export const commandGroups = ['search', 'review', 'results', 'everywhere'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Every command with its keys. Binding, the help dialog and the palette all read this list, so they cannot disagree. */
export interface Command {
  id: CommandId;
  /** `mod` is Ctrl, or ⌘ on a Mac; two keys apart by a space are pressed one after the other. */
  keys: readonly string[];
  group: CommandGroup;
  /** Not offered in the palette: it only makes sense where the focus is. */
  keysOnly?: true;
}

export const actionIds = [
  'palette.open',
  'help.open',
  'zone.next',
  'query.focus',
  'range.open',
  'range.earlier',
  'range.later',
  'range.zoomOut',
  'chart.toggle',
  'columns.open',
  'search.refresh',
  'follow.toggle',
  'row.next',
  'row.previous',
  'row.open',
  'panel.close',
  'link.copy',
  'member.invite',
  'item.noFinding',
  'item.exception',
  'item.comment',
  'item.pin',
  'item.lines',
  'item.undo',
  'item.bulk',
  'review.submit',
  'review.approve',
  'review.return',
] as const;
export type ActionId = (typeof actionIds)[number];
export type CommandId = ActionId | `go.${PageId}`;

export const commands: readonly Command[] = [
  { id: 'palette.open', keys: ['mod+k'], group: 'everywhere', keysOnly: true },
  { id: 'help.open', keys: ['?'], group: 'everywhere' },
  ...pages.map(({ id, key }): Command => ({
    id: `go.${id}`,
    keys: key === null ? [] : [`g ${key}`],
    group: 'everywhere',
  })),
  { id: 'zone.next', keys: ['u'], group: 'everywhere' },
  { id: 'query.focus', keys: ['/'], group: 'search' },
  { id: 'range.open', keys: ['t'], group: 'search' },
  { id: 'range.earlier', keys: ['['], group: 'search' },
  { id: 'range.later', keys: [']'], group: 'search' },
  { id: 'range.zoomOut', keys: ['z'], group: 'search' },
  { id: 'chart.toggle', keys: ['h'], group: 'search' },
  { id: 'search.refresh', keys: ['r'], group: 'search' },
  { id: 'follow.toggle', keys: ['l'], group: 'search' },
  { id: 'columns.open', keys: ['c'], group: 'search' },
  { id: 'row.next', keys: ['j'], group: 'results', keysOnly: true },
  { id: 'row.previous', keys: ['k'], group: 'results', keysOnly: true },
  { id: 'row.open', keys: ['Enter', 'o'], group: 'results', keysOnly: true },
  { id: 'panel.close', keys: ['Escape'], group: 'results', keysOnly: true },
  { id: 'link.copy', keys: ['y'], group: 'results' },
  { id: 'member.invite', keys: [], group: 'everywhere' },
  { id: 'item.noFinding', keys: ['n'], group: 'review' },
  { id: 'item.exception', keys: ['e'], group: 'review' },
  { id: 'item.comment', keys: ['c'], group: 'review' },
  { id: 'item.pin', keys: ['x'], group: 'review' },
  { id: 'item.lines', keys: ['l'], group: 'review' },
  { id: 'item.undo', keys: ['z'], group: 'review' },
  { id: 'item.bulk', keys: ['b'], group: 'review' },
  { id: 'review.submit', keys: ['s'], group: 'review' },
  { id: 'review.approve', keys: ['a'], group: 'review' },
  { id: 'review.return', keys: ['r'], group: 'review' },
];
