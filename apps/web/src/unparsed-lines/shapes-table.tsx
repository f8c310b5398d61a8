'use client';

import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from 'react-aria-components';
import type { LineShape } from '../api-client/unparsed-lines.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { explorerAddress } from '../query/url-state.ts';
import { Moment } from '../time/moment.tsx';

interface ShapesTableProps {
  shapes: readonly LineShape[];
  onMakeFormat?: (lines: readonly string[]) => void;
}

export function ShapesTable({ shapes, onMakeFormat }: ShapesTableProps) {
  const t = useTranslations('unparsedLines');
  const format = useFormatter();
  return (
    <SortedTable
      label={t('title')}
      rows={shapes}
      rowId={({ logGroup, shape, lastSeenAt }) => JSON.stringify([logGroup, shape, lastSeenAt])}
      initial={{ column: 'lines', direction: 'descending' }}
      minWidth={880}
      columns={[
        {
          id: 'lines',
          title: t('columns.lines'),
          sortBy: ({ lines }) => lines,
          cell: ({ lines }) => <span className="tabular-nums">{format.number(lines)}</span>,
        },
        {
          id: 'shape',
          title: t('columns.shape'),
          isRowHeader: true,
          sortBy: ({ shape }) => shape,
          cell: ({ shape, examples: [example] }) => (
            <span className="font-mono text-record break-all" title={example?.record}>
              {shape === '' ? t('noText') : shape}
            </span>
          ),
        },
        {
          id: 'logGroup',
          title: t('columns.logGroup'),
          sortBy: ({ logGroup }) => logGroup,
          cell: ({ logGroup }) => <span className="font-mono text-record">{logGroup}</span>,
        },
        {
          id: 'lastSeenAt',
          title: t('columns.lastSeenAt'),
          sortBy: ({ lastSeenAt }) => lastSeenAt,
          cell: ({ lastSeenAt }) => <Moment at={lastSeenAt} />,
        },
        {
          id: 'acts',
          title: t('columns.acts'),
          cell: ({ logGroup, examples }) => (
            <span className="flex flex-wrap gap-3">
              <Link
                className="link"
                href={explorerAddress({
                  q: `log.group:"${logGroup}" parse.reason:(no-format OR unknown-message)`,
                  event: examples[0]?.id ?? null,
                })}
              >
                {t('show')}
              </Link>
              {onMakeFormat !== undefined && examples.length > 0 && (
                <Button className="link" onPress={() => onMakeFormat(examples.map(({ record }) => record))}>
                  {t('makeFormat')}
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
