'use client';

import { FileUp } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { checkRule, createRule } from '../api-client/rules.ts';
import { FormDialog } from '../forms/form-dialog.tsx';

interface SigmaDialogProps {
  onClose: () => void;
  onDone: (added: number) => unknown;
}

interface CheckedFile {
  readonly name: string;
  readonly text: string;
  readonly title: string | null;
  /** Why it is refused; empty when it is not. */
  readonly refusals: readonly string[];
  readonly cannotMatch: boolean;
}

const mostFiles = 200;

/** Sigma files as they are: each is checked at once, and only those that can be honoured are taken. */
export function SigmaDialog({ onClose, onDone }: SigmaDialogProps) {
  const t = useTranslations('rules.sigma');
  const language = useLocale();
  const [files, setFiles] = useState<readonly CheckedFile[]>([]);
  const [isChecking, setChecking] = useState(false);
  const taken = files.filter(({ refusals }) => refusals.length === 0);
  const choose = async (list: FileList | null) => {
    setChecking(true);
    const checked: CheckedFile[] = [];
    for (const file of [...(list ?? [])].slice(0, mostFiles)) {
      checked.push(await check(file));
      setFiles([...checked]);
    }
    setChecking(false);
  };
  const check = async (file: File): Promise<CheckedFile> => {
    const text = await file.text();
    const about = { name: file.name, text };
    try {
      const { problems, rule, cannotMatch } = await checkRule(text);
      const refusals = problems.map(({ message, near }) => (near === undefined ? message : `${message}: ${near}`));
      return { ...about, title: rule?.title[language] ?? null, refusals, cannotMatch: cannotMatch.length > 0 };
    } catch {
      return { ...about, title: null, refusals: [t('notChecked')], cannotMatch: false };
    }
  };
  return (
    <FormDialog
      title={t('title')}
      action={taken.length === 0 ? null : t('take', { count: taken.length })}
      onClose={onClose}
      onSubmit={async () => {
        for (const { text } of taken) await createRule({ rule: text });
        return taken.length;
      }}
      onDone={onDone}
    >
      <p className="max-w-[60ch] text-muted">{t('text')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <FileTrigger acceptedFileTypes={['.yml', '.yaml']} allowsMultiple onSelect={(list) => void choose(list)}>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing to do in the dialog */}
          <Button className="control" autoFocus isDisabled={isChecking}>
            <FileUp size={16} aria-hidden />
            {t('choose')}
          </Button>
        </FileTrigger>
        <p role="status">
          {isChecking ? t('checking') : files.length > 0 && t('result', { taken: taken.length, files: files.length })}
        </p>
      </div>
      {files.length > 0 && (
        <ul
          aria-label={t('files')}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and the keyboard must reach it
          tabIndex={0}
          className="grid max-h-72 overflow-auto border-y border-line"
        >
          {files.map(({ name, title, refusals, cannotMatch }, index) => (
            <li key={`${index} ${name}`} className="grid gap-1 border-b border-line py-1 last:border-b-0">
              <span className="flex flex-wrap gap-x-3">
                <code className="font-mono text-record break-all">{name}</code>
                <span className="flex-1">{title}</span>
                <span className={refusals.length === 0 ? 'text-good' : 'text-bad'}>
                  {t(refusals.length === 0 ? 'loads' : 'refused')}
                </span>
              </span>
              {refusals.map((refusal) => (
                <span key={refusal} className="text-meta break-all">
                  {refusal}
                </span>
              ))}
              {cannotMatch && <span className="text-meta text-attention">{t('cannotMatch')}</span>}
            </li>
          ))}
        </ul>
      )}
    </FormDialog>
  );
}
