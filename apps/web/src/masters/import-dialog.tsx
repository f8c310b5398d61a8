'use client';

import { useQuery } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { importMaster, type ImportChoices, type ImportFile, type Master } from '../api-client/masters.ts';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSending } from '../forms/use-sending.ts';
import { ImportPreview } from './import-preview.tsx';

/** The server between passes on no larger body whole; the API itself takes more. */
const mostBytes = 8 * 1024 * 1024;

const charsets = ['auto', 'utf-8', 'shift_jis'] as const;

interface ImportDialogProps {
  master: Master;
  onClose: () => void;
  onDone: (text: string) => void;
}

interface Chosen {
  name: string;
  size: number;
  bytes: ArrayBuffer;
  /** Every choice of a file is a new question, also of the same file. */
  turn: number;
}

/** From a file to a version of the table: what it would do is shown before anything changes. */
export default function ImportDialog({ master, onClose, onDone }: ImportDialogProps) {
  const t = useTranslations('masters');
  const forms = useTranslations('forms');
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const [file, setFile] = useState<Chosen | null>(null);
  const [charset, setCharset] = useState<(typeof charsets)[number]>('auto');
  const [year, setYear] = useState('');
  const [choices, setChoices] = useState({ replace: false, correct: false });
  const { pending, error, send } = useSending();
  const isTooLarge = file !== null && file.size > mostBytes;
  const asked: ImportChoices = { ...choices, year: /^\d{4}$/.test(year) ? Number(year) : null };
  const table = (chosen: Chosen): ImportFile => ({ bytes: chosen.bytes, charset: charset === 'auto' ? null : charset });
  const preview = useQuery({
    queryKey: ['master-import', master.name, file?.turn, charset, asked],
    queryFn: () => (file === null ? null : importMaster(master.name, table(file), { ...asked, isDry: true })),
    enabled: file !== null && !isTooLarge,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  const choose = async (files: FileList | null) => {
    const [picked] = files ?? [];
    if (picked === undefined) return;
    // Read once: what is imported is what was shown, also if the file is changed meanwhile.
    const bytes = picked.size > mostBytes ? new ArrayBuffer() : await picked.arrayBuffer();
    setFile((before) => ({ name: picked.name, size: picked.size, bytes, turn: (before?.turn ?? 0) + 1 }));
  };
  const run = () =>
    send(async () => {
      if (file === null) return;
      const { errorCount, added, changed, ended, unchanged } = await importMaster(master.name, table(file), {
        ...asked,
        isDry: false,
      });
      if (errorCount > 0) {
        await preview.refetch();
        return;
      }
      onClose();
      onDone(t('imported', { added, changed, ended, unchanged }));
    });
  const found = preview.data ?? null;
  const changes = found === null ? 0 : found.added + found.changed + found.ended;
  const isReady = found !== null && found.errorCount === 0 && changes > 0 && !preview.isFetching;
  return (
    <DialogFrame
      title={t('importTitle', { table: master.title[language] })}
      width="wide"
      onClose={pending ? undefined : onClose}
    >
      <div className="grid gap-4">
        <FormProblem error={error ?? preview.error} />
        <p className="text-muted">
          {t('importText')}{' '}
          <span className="break-words text-text">
            {master.columns.map((column) => `${column.title[language]}${column.isRequired ? '' : '?'}`).join(', ')}
          </span>
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <FileTrigger
            acceptedFileTypes={['.csv', '.txt', '.tsv', 'text/csv']}
            onSelect={(files) => void choose(files)}
          >
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing to do in the dialog */}
            <Button className={`control ${file === null ? 'control-primary' : ''}`} autoFocus>
              <FileUp size={16} aria-hidden />
              {t(file === null ? 'chooseFile' : 'chooseOther')}
            </Button>
          </FileTrigger>
          {file !== null && <span className="font-mono text-record break-all">{file.name}</span>}
        </div>
        {isTooLarge && (
          <p role="alert" className="border-l-2 border-bad pl-3 text-bad">
            {t('tooLarge')}
          </p>
        )}
        {file !== null && !isTooLarge && (
          <>
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <SelectField
                label={t('charset')}
                value={charset}
                onChange={setCharset}
                options={charsets.map((id) => ({
                  id,
                  label: id === 'auto' ? t('charsetAuto') : id === 'utf-8' ? 'UTF-8' : 'Shift_JIS',
                }))}
              />
              <TextField
                label={t('year')}
                description={t('yearNote')}
                value={year}
                onChange={setYear}
                inputMode="numeric"
                maxLength={4}
              />
              <CheckboxField
                label={t('replace')}
                value={choices.replace}
                onChange={(replace) => setChoices((before) => ({ ...before, replace }))}
              />
              {master.period.from === null && (
                <CheckboxField
                  label={t('correct')}
                  value={choices.correct}
                  onChange={(correct) => setChoices((before) => ({ ...before, correct }))}
                />
              )}
            </div>
            <div aria-busy={preview.isFetching} className={preview.isFetching ? 'opacity-60' : ''}>
              {found === null ? (
                preview.isFetching && <p role="status">{t('reading')}</p>
              ) : (
                <ImportPreview master={master} preview={found} />
              )}
            </div>
          </>
        )}
        <div className="mt-2 flex flex-wrap justify-end gap-3">
          <Button className="control" onPress={onClose} isDisabled={pending}>
            {forms('cancel')}
          </Button>
          {file !== null && (
            <Button className="control control-primary" isDisabled={!isReady || pending} onPress={() => void run()}>
              {pending ? forms('pending') : changes === 0 ? t('import') : t('importAction', { count: changes })}
            </Button>
          )}
        </div>
      </div>
    </DialogFrame>
  );
}
