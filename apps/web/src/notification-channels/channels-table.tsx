'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { Channel } from '../api-client/incidents.ts';
import { SortedTable, type TableColumn } from '../forms/sorted-table.tsx';
import { useIncidentWords } from '../incidents/use-incident-words.ts';
import { Moment } from '../time/moment.tsx';
import { useChannelError } from './use-channel-error.ts';

interface ChannelsTableProps {
  channels: readonly Channel[];
  /** Left out for those who may not. */
  steps?: {
    onTry: (channel: Channel) => Promise<unknown>;
    onToggle: (channel: Channel) => Promise<unknown>;
    onRemove: (channel: Channel) => void;
  };
}

export function ChannelsTable({ channels, steps }: ChannelsTableProps) {
  const t = useTranslations('channels');
  const words = useIncidentWords();
  const errorWord = useChannelError();
  const nameOf = ({ kind, name }: Channel) => (kind === 'contacts' ? t('contacts') : name);
  const actions: TableColumn<Channel> = {
    id: 'actions',
    title: t('columns.actions'),
    cell: (channel) => (
      <span className="flex flex-wrap gap-1">
        <Button
          className="control control-small"
          aria-label={t('tryNamed', { name: nameOf(channel) })}
          onPress={() => void steps?.onTry(channel)}
        >
          {t('try')}
        </Button>
        <Button
          className="control control-small"
          aria-label={t(channel.enabled ? 'switchOffNamed' : 'switchOnNamed', { name: nameOf(channel) })}
          onPress={() => void steps?.onToggle(channel)}
        >
          {t(channel.enabled ? 'switchOff' : 'switchOn')}
        </Button>
        {channel.kind !== 'contacts' && (
          <Button
            className="control control-small text-bad"
            aria-label={t('removeNamed', { name: nameOf(channel) })}
            onPress={() => steps?.onRemove(channel)}
          >
            {t('remove')}
          </Button>
        )}
      </span>
    ),
  };
  return (
    <SortedTable
      label={t('title')}
      rows={channels}
      rowId={({ id }) => id}
      minWidth={760}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          cell: (channel) => (
            <>
              {nameOf(channel)}
              <span className="block max-w-[40ch] text-meta font-normal break-all text-muted">
                {channel.kind === 'contacts' ? t('contactsText') : `${t(`kinds.${channel.kind}`)}: ${channel.target}`}
              </span>
            </>
          ),
        },
        {
          id: 'kinds',
          title: t('columns.kinds'),
          cell: ({ kinds }) => (kinds.length === 0 ? t('everyKind') : kinds.map(words.kind).join(t('separator'))),
        },
        {
          id: 'state',
          title: t('columns.state'),
          cell: ({ enabled, lastError, lastFailedAt }) => {
            if (!enabled) return <span className="text-muted">{t('states.off')}</span>;
            if (lastError === undefined) return t('states.on');
            return (
              <>
                <span className="font-medium text-bad">{t('states.failing')}</span>
                <span className="block text-meta text-muted">
                  {errorWord(lastError)} <Moment at={lastFailedAt ?? null} />
                </span>
              </>
            );
          },
        },
        { id: 'sent', title: t('columns.sent'), cell: ({ lastSentAt }) => <Moment at={lastSentAt ?? null} /> },
        ...(steps === undefined ? [] : [actions]),
      ]}
    />
  );
}
