'use client';

import { Command } from 'cmdk';
import { useTranslations } from 'next-intl';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { commands } from './commands.ts';
import { keyOf } from './help-dialog.tsx';
import { KeyHint } from './key-hint.tsx';
import { useKeyboard } from './keyboard-provider.tsx';

export function CommandPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('keyboard');
  const { bound, run } = useKeyboard();
  const here = open ? bound() : new Set();
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={onOpenChange}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-text/20 p-6 dark:bg-sunken/70"
    >
      <Modal className="floating mt-16 w-full max-w-lg">
        <Dialog aria-label={t('palette')} className="p-2">
          <Command label={t('palette')} loop>
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the palette is opened to be typed into */}
            <Command.Input autoFocus placeholder={t('palettePlaceholder')} className="field mb-2" />
            <Command.List className="max-h-80 overflow-auto" label={t('palette')}>
              <Command.Empty className="p-2 text-muted">{t('paletteEmpty')}</Command.Empty>
              {commands
                .filter((command) => here.has(command.id) && !command.keysOnly)
                .map((command) => (
                  <Command.Item
                    key={command.id}
                    value={`${t(`commands.${keyOf(command.id)}`)} ${command.id}`}
                    onSelect={() => {
                      onOpenChange(false);
                      // After the dialog has given the focus back, so that a command which moves it keeps it.
                      setTimeout(() => run(command.id), 50);
                    }}
                    className="flex min-h-8 items-center justify-between rounded-[4px] px-2 data-[selected=true]:bg-selection"
                  >
                    {t(`commands.${keyOf(command.id)}`)}
                    <KeyHint keys={command.keys[0] ?? ''} />
                  </Command.Item>
                ))}
            </Command.List>
          </Command>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
