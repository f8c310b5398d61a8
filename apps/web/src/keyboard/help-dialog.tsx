'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { commandGroups, commands } from './commands.ts';
import { KeyHint } from './key-hint.tsx';
import { useKeyboard } from './keyboard-provider.tsx';
import { useCommandWord } from './use-command-word.ts';

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('keyboard');
  const { bound, singleKeys, setSingleKeys } = useKeyboard();
  const wordOf = useCommandWord();
  const here = bound();
  return (
    <DialogFrame title={t('title')} closesBeside onClose={onClose}>
      {commandGroups.map((group) => {
        const listed = commands.filter(
          (command) => command.group === group && here.has(command.id) && command.keys.length > 0,
        );
        if (listed.length === 0) return null;
        return (
          <section key={group} className="mb-4">
            <h3 className="mb-1 text-meta text-muted">{t(`groups.${group}`)}</h3>
            <dl>
              {listed.map((command) => (
                <div key={command.id} className="flex justify-between border-b border-line py-1">
                  <dt>{wordOf(command.id)}</dt>
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
        <SwitchField label={t('singleKeys')} value={singleKeys} onChange={setSingleKeys} />
        <Button slot="close" className="control">
          {t('close')}
        </Button>
      </div>
    </DialogFrame>
  );
}
