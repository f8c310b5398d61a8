'use client';

import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { Button, Form } from 'react-aria-components';
import { enrolSigningCredential, readSigningOptions } from '../api-client/signing.ts';
import { arePasskeysPossible, createPasskey, PasskeyProblem } from '../factors/passkeys.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { FieldProblems } from '../forms/field-problems.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSending } from '../forms/use-sending.ts';

const never = () => () => {};

/** Makes a signing credential in the browser and has it enrolled. */
export function AddSigningDialog({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const t = useTranslations('profile.signing');
  const passkeyWords = useTranslations('signIn.passkeyFailures');
  const possible = useSyncExternalStore(never, arePasskeysPossible, () => true);
  const [name, setName] = useState('');
  const { pending, error, send } = useSending();
  const enrol = () =>
    send(async () => {
      await enrolSigningCredential(name.trim(), await createPasskey(await readSigningOptions()));
      onAdded();
    });
  const words = {
    'signature-refused/device-bound': t('refusedDeviceBound'),
    'signature-refused/answer': t('refusedAnswer'),
    'conflict/credential-taken': t('taken'),
  };
  const isPasskeyProblem = error instanceof PasskeyProblem;
  return (
    <DialogFrame title={t('addTitle')} onClose={pending ? undefined : onClose}>
      <Form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void enrol();
        }}
      >
        <p className="text-muted">{t('addText')}</p>
        {isPasskeyProblem && (
          <p role="alert" className="border-l-2 border-bad pl-3 text-bad">
            {passkeyWords(error.failure)}
          </p>
        )}
        <FieldProblems error={isPasskeyProblem ? null : error} words={words}>
          <TextField
            name="name"
            label={t('name')}
            description={t('nameNote')}
            value={name}
            onChange={setName}
            maxLength={60}
            autoComplete="off"
          />
        </FieldProblems>
        {!possible && <p className="text-muted">{passkeyWords('impossible')}</p>}
        <div className="mt-2 flex justify-end gap-3">
          <Button className="control" onPress={onClose} isDisabled={pending}>
            {t('cancel')}
          </Button>
          <Button type="submit" className="control control-primary" isDisabled={!possible}>
            {pending ? t('pending') : t('addAction')}
          </Button>
        </div>
      </Form>
    </DialogFrame>
  );
}
