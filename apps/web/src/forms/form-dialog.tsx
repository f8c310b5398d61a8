'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Button, Form } from 'react-aria-components';
import { DialogFrame } from './dialog-frame.tsx';
import { FieldProblems } from './field-problems.tsx';

interface FormDialogProps<Result> {
  title: string;
  /** What the button that sends does, as a verb: 招待する, Invite. Null: there is nothing to send yet, and no such button. */
  action: string | null;
  /** A step that cannot be taken back: the button is red, and Enter alone does not press it. */
  danger?: boolean;
  /** Sends the form. When it fails the dialog stays, with everything typed, and says why. */
  onSubmit: (entries: FormData) => Promise<Result>;
  onClose: () => void;
  /** What comes after it, once this dialog is closed: another one may open. */
  onDone?: (result: Result) => unknown;
  problemWords?: Readonly<Record<string, string>>;
  /** The fields that codes of refusals are about, by the fields' names; places that the API itself names are found without. */
  problemFields?: Readonly<Record<string, string>>;
  children?: ReactNode;
}

/** A question with an answer: fields, one button that sends, one that leaves. Esc leaves too, unless it is sending. */
export function FormDialog<Result>({ title, action, danger = false, onSubmit, ...rest }: FormDialogProps<Result>) {
  const { onClose, onDone } = rest;
  const t = useTranslations('forms');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending || action === null) return;
    setPending(true);
    setError(null);
    try {
      const result = await onSubmit(new FormData(event.currentTarget));
      onClose();
      onDone?.(result);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <DialogFrame title={title} isAlert={danger} onClose={pending ? undefined : onClose}>
      <Form onSubmit={(event) => void submit(event)} className="grid gap-4">
        <FieldProblems error={error} words={rest.problemWords} fields={rest.problemFields}>
          {rest.children}
        </FieldProblems>
        <div className="mt-2 flex justify-end gap-3">
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- where a step cannot be taken back, leaving comes first */}
          <Button className="control" onPress={onClose} isDisabled={pending} autoFocus={danger}>
            {t('cancel')}
          </Button>
          {action !== null && (
            <Button type="submit" className={`control ${danger ? 'control-danger' : 'control-primary'}`}>
              {pending ? t('pending') : action}
            </Button>
          )}
        </div>
      </Form>
    </DialogFrame>
  );
}
