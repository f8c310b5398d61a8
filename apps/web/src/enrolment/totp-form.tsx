'use client';

import { useTranslations } from 'next-intl';
import { QRCodeSVG } from 'qrcode.react';
import type { FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import type { TotpEnrolment } from '../api-client/sign-in.ts';
import { typedEntry } from '../forms/typed-entry.ts';
import { CodeField } from '../factors/code-field.tsx';
import { SignInProblem } from '../factors/sign-in-problem.tsx';
import { inGroups, typedCode } from '../factors/typed-code.ts';
import { useSending } from '../forms/use-sending.ts';
import { CopyButton } from '../states/copy-button.tsx';

interface TotpFormProps<Done> {
  totp: TotpEnrolment;
  email: string;
  confirm: (code: string) => Promise<Done>;
  onDone: (done: Done) => void;
  onEnded?: () => void;
  onBack: () => void;
}

/** The secret as a picture and as text, and the first code that shows that the app has it. */
export function TotpForm<Done>({ totp, email, confirm, onDone, onEnded, onBack }: TotpFormProps<Done>) {
  const t = useTranslations('enrolment.totp');
  const { pending, error, send } = useSending(onEnded);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = typedCode(typedEntry(new FormData(event.currentTarget), 'code'));
    void send(async () => onDone(await confirm(code)));
  };
  return (
    <Form onSubmit={submit} className="grid gap-4">
      <p>{t('scan')}</p>
      <QRCodeSVG
        value={totp.uri}
        size={196}
        marginSize={4}
        level="M"
        bgColor="#ffffff"
        fgColor="#1c1f24"
        title={t('picture')}
        className="border border-line"
      />
      <div>
        <p className="mb-1 text-meta text-muted">{t('orType', { email })}</p>
        <p className="flex items-start gap-2 border border-line bg-sunken">
          <code className="min-w-0 flex-1 px-3 py-1.5 font-mono text-record select-all">{inGroups(totp.secret)}</code>
          <CopyButton text={totp.secret} />
        </p>
      </div>
      <SignInProblem error={error}>
        <CodeField label={t('code')} description={t('codeNote')} />
      </SignInProblem>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" className="control control-primary">
          {pending ? t('pending') : t('confirm')}
        </Button>
        <Button className="control" onPress={onBack} isDisabled={pending}>
          {t('back')}
        </Button>
      </div>
    </Form>
  );
}
