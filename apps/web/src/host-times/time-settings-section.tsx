'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { changeTimeSettings, readTimeSettings, type TimeSettings } from '../api-client/host-times.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { RowMenu } from '../forms/row-menu.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { TimeGroupDialog } from './time-group-dialog.tsx';
import { TimeServersDialog } from './time-servers-dialog.tsx';

type Open = { readonly kind: 'servers' } | { readonly kind: 'group' | 'remove'; readonly at: number };

/** What the clocks are held against: designated servers (10.6.2), and limits of groups of hosts. */
export function TimeSettingsSection() {
  const answer = useQuery({ queryKey: ['time-settings'], queryFn: ({ signal }) => readTimeSettings(signal) });
  return (
    <Answer of={answer} what="timeSettings">
      {(settings) => <Settings settings={settings} />}
    </Answer>
  );
}

function Settings({ settings }: { settings: TimeSettings }) {
  const t = useTranslations('hostTimes.settings');
  const client = useQueryClient();
  const mayManage = mayDo(useSession(), 'sources.manage');
  const [open, setOpen] = useState<Open | null>(null);
  const { servers, groups, usualLimits } = settings;
  const close = () => setOpen(null);
  const save = async (change: Partial<Pick<TimeSettings, 'servers' | 'groups'>>) => {
    client.setQueryData(['time-settings'], await changeTimeSettings({ servers, groups, ...change }));
    await client.invalidateQueries({ queryKey: ['host-times'] });
  };
  const group = open === null || open.kind === 'servers' ? undefined : groups[open.at];
  return (
    <>
      <section className="grid gap-2">
        <h2 className="font-medium">{t('servers')}</h2>
        <p className="max-w-[72ch] text-muted">{t(servers.length === 0 ? 'noServers' : 'serversText')}</p>
        {servers.length > 0 && (
          <ul>
            {servers.map(({ address, note }) => (
              <li key={address} className="flex flex-wrap gap-x-3">
                <span className="font-mono text-record">{address}</span>
                <span className="text-muted">{note}</span>
              </li>
            ))}
          </ul>
        )}
        {mayManage && (
          <Button className="control justify-self-start" onPress={() => setOpen({ kind: 'servers' })}>
            {t('editServers')}
          </Button>
        )}
      </section>
      <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h2 className="font-medium">{t('limits')}</h2>
        <p className="max-w-[72ch] text-muted">{t('limitsText')}</p>
        <ul className="grid gap-2">
          {groups.map((each, at) => (
            <li key={each.name} className="flex flex-wrap items-center gap-x-3">
              <span className="font-medium">{each.name}</span>
              <span className="font-mono text-record">{each.hosts.join(' ')}</span>
              <span className="text-muted">{t('figures', each.limits)}</span>
              {mayManage && (
                <RowMenu
                  label={t('actionsOf', { name: each.name })}
                  actions={[
                    { id: 'group', label: t('editGroup') },
                    { id: 'remove', label: t('removeGroup'), danger: true },
                  ]}
                  onAction={(kind) => setOpen({ kind, at })}
                />
              )}
            </li>
          ))}
          <li className="flex flex-wrap gap-x-3">
            <span className="font-medium">{t('others')}</span>
            <span className="text-muted">{t('figures', usualLimits)}</span>
          </li>
        </ul>
        {mayManage && (
          <Button className="control justify-self-start" onPress={() => setOpen({ kind: 'group', at: groups.length })}>
            {t('addGroup')}
          </Button>
        )}
      </section>
      {open?.kind === 'servers' && (
        <TimeServersDialog servers={servers} onSave={(next) => save({ servers: next })} onClose={close} />
      )}
      {open?.kind === 'group' && (
        <TimeGroupDialog
          group={group}
          usualLimits={usualLimits}
          onSave={(next) => save({ groups: [...groups.slice(0, open.at), next, ...groups.slice(open.at + 1)] })}
          onClose={close}
        />
      )}
      {open?.kind === 'remove' && group !== undefined && (
        <ConfirmDialog
          title={t('removeTitle', { name: group.name })}
          action={t('removeGroup')}
          onConfirm={() => save({ groups: groups.filter((each) => each !== group) })}
          onClose={close}
        >
          <p>{t('removeText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
