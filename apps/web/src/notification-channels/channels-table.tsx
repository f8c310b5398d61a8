'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { Channel } from '../api-client/incidents.ts';
import { useDeliveryError } from '../destinations/use-delivery-error.ts';
import { RowMenu, type RowAction } from '../forms/row-menu.tsx';
import { SortedTable, type TableColumn } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { useChannelWords } from './use-channel-words.ts';

interface ChannelsTableProps {
  channels: readonly Channel[];
  /** Left out for those who may not. */
  steps?: {
    onTry: (channel: Channel) => Promise<unknown>;
    onToggle: (channel: Channel) => Promise<unknown>;
    onChange: (channel: Channel) => void;
    onRemove: (channel: Channel) => void;
  };
}

type Act = 'change' | 'toggle' | 'remove';

export function ChannelsTable({ channels, steps }: ChannelsTableProps) {
  const t = useTranslations('channels');
  const words = useChannelWords();
  const errorWord = useDeliveryError();
  const actionsOf = ({ kind, enabled }: Channel): RowAction<Act>[] => [
    { id: 'change', label: t('change') },
    { id: 'toggle', label: t(enabled ? 'switchOff' : 'switchOn') },
    ...(kind === 'contacts' ? [] : [{ id: 'remove', label: t('remove'), danger: true } as const]),
  ];
  const act = (id: Act, channel: Channel) => {
    if (id === 'change') steps?.onChange(channel);
    else if (id === 'toggle') void steps?.onToggle(channel);
    else steps?.onRemove(channel);
  };
  const actions: TableColumn<Channel> = {
    id: 'actions',
    title: t('columns.actions'),
    cell: (channel) => (
      <span className="flex items-center gap-1">
        <Button
          className="control control-small"
          aria-label={t('tryNamed', { name: words.name(channel) })}
          onPress={() => void steps?.onTry(channel)}
        >
          {t('try')}
        </Button>
        <RowMenu
          label={t('actionsOf', { name: words.name(channel) })}
          actions={actionsOf(channel)}
          onAction={(id) => act(id, channel)}
        />
      </span>
    ),
  };
  return (
    <SortedTable
      label={t('title')}
      rows={channels}
      rowId={({ id }) => id}
      minWidth={860}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          cell: (channel) => (
            <>
              {words.name(channel)}
              <span className="block max-w-[40ch] text-meta font-normal break-all text-muted">
                {channel.kind === 'contacts' ? t('contactsText') : `${t(`kinds.${channel.kind}`)}: ${channel.target}`}
              </span>
            </>
          ),
        },
        { id: 'what', title: t('columns.kinds'), cell: (channel) => <Lines lines={words.what(channel)} /> },
        { id: 'when', title: t('columns.when'), cell: (channel) => <Lines lines={words.when(channel, channels)} /> },
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

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line, index) => (
    <span key={line} className={index === 0 ? 'block' : 'block text-meta text-muted'}>
      {line}
    </span>
  ));
}
