'use client';

import { useTranslations } from 'next-intl';
import { Button, Dialog, Heading, Modal, ModalOverlay, Switch } from 'react-aria-components';
import { commands } from './commands.ts';
import { KeyHint } from './key-hint.tsx';
import { useKeyboard } from './keyboard-provider.tsx';

export function HelpDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('keyboard');
  const { bound, singleKeys, setSingleKeys } = useKeyboard();
  const here = open ? bound() : new Set();
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={onOpenChange}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-text/20 p-6 dark:bg-sunken/70"
    >
      <Modal className="floating mt-12 w-full max-w-xl">
        <Dialog className="max-h-[80vh] overflow-auto p-6">
          <Heading slot="title" className="mb-4 text-title font-medium">
            {t('title')}
          </Heading>
          {(['search', 'results', 'everywhere'] as const).map((group) => {
            const listed = commands.filter((command) => command.group === group && here.has(command.id));
            if (listed.length === 0) return null;
            return (
              <section key={group} className="mb-4">
                <h3 className="mb-1 text-meta text-muted">{t(`groups.${group}`)}</h3>
                <dl>
                  {listed.map((command) => (
                    <div key={command.id} className="flex justify-between border-b border-line py-1">
                      <dt>{t(`commands.${keyOf(command.id)}`)}</dt>
                      <dd className="flex gap-2">
                        {command.keys.map((keys) => (
                          <KeyHint key={keys} keys={keys} />
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            );
          })}
          <div className="flex items-center justify-between gap-4">
            <Switch isSelected={singleKeys} onChange={setSingleKeys} className="group flex items-center gap-2">
              <span className="flex h-5 w-9 items-center rounded-full border border-edge p-0.5 group-data-[selected]:bg-accent">
                <span className="size-3.5 rounded-full bg-edge group-data-[selected]:translate-x-4 group-data-[selected]:bg-on-accent" />
              </span>
              {t('singleKeys')}
            </Switch>
            <Button slot="close" className="control">
              {t('close')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** `query.focus` → `query_focus`: dots in message keys mean nesting. */
export function keyOf<Id extends string>(id: Id) {
  return id.replace('.', '_') as Id extends `${infer A}.${infer B}` ? `${A}_${B}` : Id;
}
