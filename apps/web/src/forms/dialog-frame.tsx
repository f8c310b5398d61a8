'use client';

import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface DialogFrameProps {
  title: string;
  /** What Esc does. Without it nothing but a button of the dialog closes it: what it shows or asks must not get lost. */
  onClose?: (() => void) | undefined;
  /** A press beside it closes it as well; only where nothing that was typed could be lost. */
  closesBeside?: boolean;
  /** It must be answered, and is read out at once. */
  isAlert?: boolean;
  /** The id of the sentence that is read out after the title. */
  describedBy?: string;
  width?: keyof typeof widths;
  /** Questions about the session stand above whatever dialog they interrupt. */
  layer?: keyof typeof layers;
  children: ReactNode;
}

const widths = { narrow: 'max-w-md', usual: 'max-w-lg', wide: 'max-w-3xl' };
const layers = { page: 'z-50', stepUp: 'z-[60]', sessionEnd: 'z-[70]' };

/** What stands in front of the page until it is closed: dimmed page, title, and the focus kept inside. Mounted while open. */
export function DialogFrame({ title, onClose, closesBeside = false, isAlert = false, ...rest }: DialogFrameProps) {
  const { describedBy, width = 'usual', layer = 'page', children } = rest;
  return (
    <ModalOverlay
      isOpen
      isDismissable={closesBeside}
      isKeyboardDismissDisabled={onClose === undefined}
      onOpenChange={(open) => !open && onClose?.()}
      className={`fixed inset-0 ${layers[layer]} flex items-start justify-center overflow-auto bg-text/20 p-4 dark:bg-sunken/70`}
    >
      <Modal className={`floating mt-[8vh] mb-4 w-full ${widths[width]}`}>
        <Dialog
          role={isAlert ? 'alertdialog' : 'dialog'}
          {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
          className="p-6 outline-none"
        >
          <Heading slot="title" className="mb-4 text-title font-medium">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
