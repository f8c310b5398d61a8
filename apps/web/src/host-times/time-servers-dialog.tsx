'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TimeSettings } from '../api-client/host-times.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';

interface TimeServersDialogProps {
  servers: TimeSettings['servers'];
  onSave: (servers: TimeSettings['servers']) => Promise<unknown>;
  onClose: () => void;
}

/** The designated servers, one a line: what hosts call it, then what people want to remember of it. */
export function TimeServersDialog({ servers, onSave, onClose }: TimeServersDialogProps) {
  const t = useTranslations('hostTimes.settings');
  const [text, setText] = useState(servers.map(({ address, note }) => `${address} ${note}`.trim()).join('\n'));
  return (
    <FormDialog title={t('servers')} action={t('save')} onClose={onClose} onSubmit={() => onSave(serversOf(text))}>
      <TextField
        name="servers"
        label={t('serverLines')}
        description={t('serverLinesText')}
        value={text}
        onChange={setText}
        rows={6}
        monospace
      />
    </FormDialog>
  );
}

function serversOf(text: string): TimeSettings['servers'] {
  return text.split('\n').flatMap((line) => {
    const [address = '', ...note] = line.trim().split(/\s+/);
    return address === '' ? [] : [{ address, note: note.join(' ') }];
  });
}
