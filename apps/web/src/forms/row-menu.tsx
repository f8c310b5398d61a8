'use client';

import { Ellipsis } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

export interface RowAction<Id extends string = string> {
  id: Id;
  label: string;
  /** Ends something: told apart by its place, last, and by its colour. */
  danger?: boolean;
}

interface RowMenuProps<Id extends string> {
  /** Whose actions these are. */
  label: string;
  actions: readonly RowAction<Id>[];
  onAction: (id: Id) => void;
}

/** What can be done to one row of a table. */
export function RowMenu<Id extends string>({ label, actions, onAction }: RowMenuProps<Id>) {
  return (
    <MenuTrigger>
      <Button className="control control-quiet control-small" aria-label={label}>
        <Ellipsis size={16} aria-hidden />
      </Button>
      <Popover className="floating min-w-48" placement="bottom end">
        <Menu className="p-1 outline-none" aria-label={label} items={actions} onAction={(id) => onAction(id as Id)}>
          {({ id, label: word, danger }) => (
            <MenuItem
              id={id}
              className={`flex min-h-8 items-center rounded-[4px] px-2 outline-none data-[focused]:bg-selection ${danger ? 'text-bad' : ''}`}
            >
              {word}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
