'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TimeGroup, TimeSettings } from '../api-client/host-times.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';

interface TimeGroupDialogProps {
  /** Left out for a new one. */
  group: TimeGroup | undefined;
  usualLimits: TimeSettings['usualLimits'];
  onSave: (group: TimeGroup) => Promise<unknown>;
  onClose: () => void;
}

const figures = ['offsetMs', 'unsynchronizedMinutes', 'stepMs', 'silentHours'] as const;

/** A group of hosts and from when on their clocks are wrong. */
export function TimeGroupDialog({ group, usualLimits, onSave, onClose }: TimeGroupDialogProps) {
  const t = useTranslations('hostTimes.settings');
  const [name, setName] = useState(group?.name ?? '');
  const [hosts, setHosts] = useState(group?.hosts.join('\n') ?? '');
  const [limits, setLimits] = useState(group?.limits ?? usualLimits);
  return (
    <FormDialog
      title={t(group === undefined ? 'addGroup' : 'editGroup')}
      action={t('save')}
      onClose={onClose}
      onSubmit={() => onSave({ name: name.trim(), hosts: hosts.split(/\s+/).filter((each) => each !== ''), limits })}
    >
      <TextField label={t('groupName')} value={name} onChange={setName} isRequired maxLength={80} />
      <TextField
        label={t('groupHosts')}
        description={t('groupHostsText')}
        value={hosts}
        onChange={setHosts}
        isRequired
        rows={3}
        monospace
      />
      {figures.map((figure) => (
        <TextField
          key={figure}
          label={t(`limit.${figure}`)}
          type="number"
          inputMode="numeric"
          value={String(limits[figure])}
          onChange={(value) => setLimits({ ...limits, [figure]: Number(value) })}
          isRequired
        />
      ))}
    </FormDialog>
  );
}
