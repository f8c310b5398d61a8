'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { setSilenceLimit, type WatchedStream } from '../api-client/watch-status.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';

interface LimitDialogProps {
  streams: readonly WatchedStream[];
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

/** No stream has this name. */
const wholeGroup = '*';
const usualMinutes = '60';

/** A limit for all streams of a log group or for one, or that one ended on purpose. */
export function LimitDialog({ streams, onClose, onDone }: LimitDialogProps) {
  const t = useTranslations('watchStatus');
  const groups = [...new Set(streams.map(({ logGroup }) => logGroup))].toSorted();
  const [logGroup, setLogGroup] = useState(groups[0] ?? '');
  const [logStream, setLogStream] = useState(wholeGroup);
  const [kind, setKind] = useState<'minutes' | 'retired'>('minutes');
  const [minutes, setMinutes] = useState(usualMinutes);
  const [reason, setReason] = useState('');
  const ofGroup = streams.filter((stream) => stream.logGroup === logGroup).map((stream) => stream.logStream);
  return (
    <FormDialog
      title={t('limits.set')}
      action={t('limits.save')}
      onClose={onClose}
      onSubmit={async () => {
        const place = { logGroup, ...(logStream === wholeGroup ? {} : { logStream }), reason: reason.trim() };
        await setSilenceLimit(kind === 'retired' ? { ...place, kind } : { ...place, kind, minutes: Number(minutes) });
        await onDone();
      }}
    >
      <SelectField
        name="logGroup"
        label={t('columns.group')}
        value={logGroup}
        onChange={(group) => {
          setLogGroup(group);
          setLogStream(wholeGroup);
        }}
        options={groups.map((group) => ({ id: group, label: group }))}
      />
      <SelectField
        name="logStream"
        label={t('columns.stream')}
        value={logStream}
        onChange={setLogStream}
        options={[
          { id: wholeGroup, label: t('limits.everyStream') },
          ...ofGroup.map((stream) => ({ id: stream, label: stream })),
        ]}
      />
      <RadioChoices
        label={t('columns.limit')}
        value={kind}
        onChange={setKind}
        options={[
          { id: 'minutes', label: t('limits.kinds.minutes') },
          { id: 'retired', label: t('limits.kinds.retired') },
        ]}
      />
      {kind === 'minutes' && (
        <TextField
          name="minutes"
          type="number"
          inputMode="numeric"
          label={t('limits.minutes')}
          value={minutes}
          onChange={setMinutes}
          isRequired
        />
      )}
      <TextField name="reason" label={t('columns.reason')} value={reason} onChange={setReason} isRequired />
    </FormDialog>
  );
}
