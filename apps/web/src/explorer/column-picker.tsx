'use client';

import { Columns3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { EventRecord } from '../api-client/event.ts';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import type { ColumnName } from '../query/table-columns.ts';

const ColumnChoice = lazy(() => import('./column-choice.tsx'));

interface ColumnPickerProps {
  columns: readonly ColumnName[];
  events: readonly EventRecord[];
  onColumns: (columns: readonly ColumnName[]) => void;
}

export function ColumnPicker(props: ColumnPickerProps) {
  const t = useTranslations('columnPicker');
  const [open, setOpen] = useState(false);
  useCommands({ 'columns.open': () => setOpen(true) });
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="control control-small">
        <Columns3 size={12} aria-hidden />
        {t('open')}
      </Button>
      <Popover className="floating w-[340px] max-w-[calc(100vw-16px)]" placement="bottom end">
        <Dialog aria-label={t('title')} className="max-h-[70vh] overflow-auto p-4 outline-none">
          <Suspense>
            <ColumnChoice {...props} />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
