'use client';

import { ArrowDown, ArrowUp, GripVertical, Plus, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import { Button } from 'react-aria-components';
import type { EventRecord } from '../api-client/event.ts';
import { TextField } from '../forms/text-field.tsx';
import { fieldLabel } from '../query/field-label.ts';
import { columnFields, mostColumns, moveColumn, namedColumns, type ColumnName } from '../query/table-columns.ts';
import { defaultColumns } from '../query/url-state.ts';
import { useColumnWord } from './use-column-word.ts';

interface ColumnChoiceProps {
  columns: readonly ColumnName[];
  /** Rows on the screen: fields that they have are offered first. */
  events: readonly EventRecord[];
  onColumns: (columns: readonly ColumnName[]) => void;
}

const offeredAtMost = 30;
const rowsLookedAt = 200;

/** The columns in their order, moved by dragging, by buttons or by Alt+arrows; below them what can be added. */
export default function ColumnChoice({ columns, events, onColumns }: ColumnChoiceProps) {
  const t = useTranslations('columnPicker');
  const locale = useLocale();
  const wordOf = useColumnWord();
  const [dragged, setDragged] = useState<number | null>(null);
  const [wanted, setWanted] = useState('');
  const [said, setSaid] = useState('');

  const move = (from: number, to: number) => {
    if (to < 0 || to >= columns.length || from === to) return;
    onColumns(moveColumn(columns, from, to));
    setSaid(t('moved', { column: wordOf(columns[from] ?? ''), place: to + 1, count: columns.length }));
  };
  const onKeyDown = (index: number) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(index, index + (event.key === 'ArrowUp' ? -1 : 1));
  };
  const onDrop = (index: number) => (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== null) move(dragged, index);
    setDragged(null);
  };

  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const present = new Set(
    events
      .slice(0, rowsLookedAt)
      .flatMap((event) => [...Object.keys(event.fields), ...Object.keys(event.labels).map((key) => `labels.${key}`)]),
  );
  const others = [
    ...namedColumns,
    ...columnFields().toSorted((a, b) => Number(present.has(b)) - Number(present.has(a))),
    ...[...present].filter((field) => field.startsWith('labels.') && !/[\s,]/.test(field)),
  ].filter((name) => !columns.includes(name) && fold(`${wordOf(name)} ${name}`).includes(fold(wanted)));
  return (
    <div className="grid gap-3">
      <p className="text-meta text-muted">{t('note')}</p>
      <ol aria-label={t('shown')}>
        {columns.map((name, index) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons inside do the same by key
          <li
            key={name}
            draggable
            onDragStart={() => setDragged(index)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={onDrop(index)}
            onKeyDown={onKeyDown(index)}
            className={`flex items-center gap-1 border-b border-line ${dragged === index ? 'opacity-50' : ''}`}
          >
            <GripVertical size={16} aria-hidden className="shrink-0 cursor-grab text-faint" />
            <span className="min-w-0 flex-1 truncate" title={name}>
              {wordOf(name)}
            </span>
            <Step
              label={t('earlier', { column: wordOf(name) })}
              Icon={ArrowUp}
              onPress={() => move(index, index - 1)}
            />
            <Step
              label={t('later', { column: wordOf(name) })}
              Icon={ArrowDown}
              onPress={() => move(index, index + 1)}
            />
            <Step
              label={t('remove', { column: wordOf(name) })}
              Icon={X}
              isDisabled={columns.length === 1}
              onPress={() => onColumns(columns.filter((shown) => shown !== name))}
            />
          </li>
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      <TextField label={t('find')} value={wanted} onChange={setWanted} type="search" />
      <ul aria-label={t('others')} className="max-h-56 overflow-auto">
        {others.slice(0, offeredAtMost).map((name) => (
          <li key={name}>
            <Button
              className="flex min-h-7 w-full items-center gap-2 rounded-[4px] px-1 text-left data-[disabled]:text-faint data-[hovered]:bg-selection"
              isDisabled={columns.length >= mostColumns}
              onPress={() => onColumns([...columns, name])}
            >
              <Plus size={12} aria-hidden className="shrink-0 text-accent" />
              <span className="min-w-0 flex-1 truncate">{wordOf(name)}</span>
              {fieldLabel(name, locale) !== name && <span className="text-meta text-muted">{name}</span>}
            </Button>
          </li>
        ))}
        {others.length === 0 && <li className="text-muted">{t('none')}</li>}
      </ul>
      <Button className="control justify-self-start" onPress={() => onColumns(defaultColumns)}>
        {t('reset')}
      </Button>
    </div>
  );
}

interface StepProps {
  label: string;
  Icon: typeof X;
  isDisabled?: boolean;
  onPress: () => void;
}

function Step({ label, Icon, ...button }: StepProps) {
  return (
    <Button
      {...button}
      aria-label={label}
      className="flex size-7 shrink-0 items-center justify-center rounded-[4px] text-muted data-[disabled]:opacity-40 data-[hovered]:bg-selection"
    >
      <Icon size={14} aria-hidden />
    </Button>
  );
}
