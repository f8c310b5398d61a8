'use client';

import { Command } from 'cmdk';
import { useTranslations } from 'next-intl';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { commands } from './commands.ts';
import { KeyHint } from './key-hint.tsx';
import { useKeyboard } from './keyboard-provider.tsx';
import { useCommandWord } from './use-command-word.ts';

const itemStyle =
  'flex min-h-8 items-center justify-between gap-4 rounded-[4px] px-2 data-[selected=true]:bg-selection';

/** Every command that is bound here, and whatever else the page offers (`useOffers`). */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useTranslations('keyboard');
  const wordOf = useCommandWord();
  const { bound, run, offers } = useKeyboard();
  const here = bound();
  const choose = (act: () => void) => {
    onClose();
    // After the dialog has given the focus back, so that a command which moves it keeps it.
    setTimeout(act, 50);
  };
  return (
    <ModalOverlay
      isOpen
      onOpenChange={onClose}
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
                    value={`${wordOf(command.id)} ${command.id}`}
                    onSelect={() => choose(() => run(command.id))}
                    className={itemStyle}
                  >
                    {wordOf(command.id)}
                    {command.keys[0] !== undefined && <KeyHint keys={command.keys[0]} />}
                  </Command.Item>
                ))}
              {offers().map(({ id, label, hint, run: act }) => (
                <Command.Item
                  key={id}
                  value={`${label} ${hint ?? ''} ${id}`}
                  onSelect={() => choose(act)}
                  className={itemStyle}
                >
                  <span className="min-w-0 truncate">{label}</span>
                  <span className="text-meta text-muted">{hint}</span>
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
