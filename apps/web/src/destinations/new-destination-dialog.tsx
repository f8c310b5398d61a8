'use client';

import type { ReactNode } from 'react';
import { FormDialog } from '../forms/form-dialog.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import type { Option } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';

export interface DestinationKind<Kind extends string> extends Option<Kind> {
  /** What its address is called. */
  readonly targetLabel: string;
}

interface NewDestinationDialogProps<Kind extends string, Created> {
  kinds: readonly DestinationKind<Kind>[];
  kind: Kind;
  onKind: (kind: Kind) => void;
  words: {
    readonly title: string;
    readonly add: string;
    readonly kind: string;
    readonly name: string;
    /** What refusals of it say, by code. */
    readonly refusals: Readonly<Record<string, string>>;
  };
  /** The fields that refusals are about besides, by code. */
  refusedFields?: Readonly<Record<string, string>>;
  /** What was typed: `name`, `target`, and what the children ask for. */
  onSubmit: (typed: (name: string) => string) => Promise<Created>;
  onClose: () => void;
  onDone: (created: Created) => Promise<unknown>;
  children?: ReactNode;
}

/** One more place that something leaves to: what it is, its name, its address, and what that kind of place needs besides. */
export function NewDestinationDialog<Kind extends string, Created>(props: NewDestinationDialogProps<Kind, Created>) {
  const { kinds, kind, onKind, words, refusedFields, onSubmit, onClose, onDone, children } = props;
  const isMail = kind === 'mail';
  return (
    <FormDialog
      title={words.title}
      action={words.add}
      problemWords={words.refusals}
      problemFields={{ 'address-refused': 'target', ...refusedFields }}
      onClose={onClose}
      onSubmit={(entries) =>
        onSubmit((name) => {
          const value = entries.get(name);
          return typeof value === 'string' ? value.trim() : '';
        })
      }
      onDone={onDone}
    >
      <RadioChoices label={words.kind} options={kinds} value={kind} onChange={onKind} />
      <TextField label={words.name} name="name" isRequired maxLength={120} />
      <TextField
        label={kinds.find(({ id }) => id === kind)?.targetLabel ?? ''}
        name="target"
        type={isMail ? 'email' : 'url'}
        monospace
        isRequired
        autoComplete="off"
        maxLength={isMail ? 254 : 2_000}
      />
      {children}
    </FormDialog>
  );
}
