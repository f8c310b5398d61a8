'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { EventRecord } from '../api-client/event.ts';
import { removeEvents } from '../api-client/tombstones.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { sendOrWait } from '../second-person/send-or-wait.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

/** Asks for a sealed event to be removed from the archive for ever; it stays until another person agrees. */
export function RemoveEvent({ event }: { event: EventRecord }) {
  const t = useTranslations('tombstones');
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const mayRemove = mayDo(useSession(), 'records.remove');
  if (!mayRemove || event.block === null) return null;
  return (
    <>
      <Button className="control control-small mt-4" onPress={() => setOpen(true)}>
        {t('remove')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('removeTitle')}
          action={t('removeAsk')}
          danger
          problemWords={{
            'second-person-missing': t('nobodyElse'),
            'records-held': t('held'),
            'event-removed': t('gone'),
            'event-disposed': t('gone'),
            'not-sealed-yet': t('notSealed'),
          }}
          onClose={() => setOpen(false)}
          onSubmit={async () => {
            await sendOrWait(() => removeEvents({ eventIds: [event.id], reason: reason.trim(), rule: 'person' }));
            setOpen(false);
          }}
        >
          <p>{t('removeText')}</p>
          <TextField
            name="reason"
            label={t('reason')}
            value={reason}
            onChange={setReason}
            maxLength={1_000}
            rows={2}
            isRequired
          />
        </FormDialog>
      )}
    </>
  );
}
