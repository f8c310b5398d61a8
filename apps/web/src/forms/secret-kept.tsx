'use client';

import { useState } from 'react';
import { Button } from 'react-aria-components';
import { CheckboxField } from './checkbox-field.tsx';

interface SecretKeptProps {
  /** "I have kept it." */
  kept: string;
  done: string;
  onDone: () => void;
}

/** The end of a dialog that shows a secret this once: it cannot be closed by accident. */
export function SecretKept({ kept, done, onDone }: SecretKeptProps) {
  const [isKept, setKept] = useState(false);
  return (
    <div className="flex flex-wrap items-center justify-end gap-4">
      <CheckboxField label={kept} value={isKept} onChange={setKept} />
      <Button className="control control-primary" isDisabled={!isKept} onPress={onDone}>
        {done}
      </Button>
    </div>
  );
}
