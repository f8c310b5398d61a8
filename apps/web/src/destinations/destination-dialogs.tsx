'use client';

import { useNotify } from '../forms/notices.tsx';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { SigningSecret } from './signing-secret.tsx';
import type { Destinations } from './use-destinations.ts';

interface Named {
  readonly name: string;
  readonly secret?: string | undefined;
}

interface DestinationDialogsProps<Item extends Named, Created extends Named> {
  of: Destinations<Item, Created>;
  onRemove: (item: Item) => Promise<unknown>;
  words: {
    readonly removeTitle: (name: string) => string;
    readonly remove: string;
    readonly removeFollows: string;
    readonly removed: string;
    /** What refusals of it say, by code. */
    readonly refusals: Readonly<Record<string, string>>;
  };
}

/** The secret of a new destination, this once, and the question before one is removed. */
export function DestinationDialogs<Item extends Named, Created extends Named>(
  props: DestinationDialogsProps<Item, Created>,
) {
  const { of: destinations, onRemove, words } = props;
  const { made, removed } = destinations;
  const notify = useNotify();
  return (
    <>
      {made?.secret !== undefined && (
        <SigningSecret name={made.name} secret={made.secret} onClose={destinations.hideSecret} />
      )}
      {removed !== null && (
        <ConfirmDialog
          title={words.removeTitle(removed.name)}
          action={words.remove}
          problemWords={words.refusals}
          onClose={() => destinations.askToRemove(null)}
          onConfirm={async () => {
            await onRemove(removed);
            await destinations.refresh();
            notify({ text: words.removed });
          }}
        >
          <p>{words.removeFollows}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
