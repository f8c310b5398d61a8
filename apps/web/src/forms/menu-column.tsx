import { RowMenu, type RowAction } from './row-menu.tsx';
import type { TableColumn } from './sorted-table.tsx';

interface MenuColumn<Row, Id extends string> {
  title: string;
  /** Whose actions these are. */
  labelOf: (row: Row) => string;
  /** Where there are none, the row has no menu. */
  actionsOf: (row: Row) => readonly RowAction<Id>[];
  onAction: (action: Id, row: Row) => void;
}

/** The last column of a table: what can be done to each row. */
export function menuColumn<Row, Id extends string>({
  title,
  labelOf,
  actionsOf,
  onAction,
}: MenuColumn<Row, Id>): TableColumn<Row> {
  return {
    id: 'actions',
    title,
    cell: (row) => {
      const actions = actionsOf(row);
      return (
        actions.length > 0 && (
          <RowMenu label={labelOf(row)} actions={actions} onAction={(action) => onAction(action, row)} />
        )
      );
    },
  };
}
