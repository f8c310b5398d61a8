'use client';

import type { ReactNode } from 'react';
import { FormDialog } from './form-dialog.tsx';

interface ConfirmDialogProps {
  /** The question, with the name of what it is about. */
  title: string;
  action: string;
  /** What follows from it, and what does not. */
  children: ReactNode;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  problemWords?: Readonly<Record<string, string>>;
}

/** Asks before a step that cannot be taken back; what can be taken back needs no question. */
export function ConfirmDialog({ onConfirm, ...props }: ConfirmDialogProps) {
  return <FormDialog {...props} danger onSubmit={onConfirm} />;
}
