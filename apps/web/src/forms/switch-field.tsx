'use client';

import { Switch } from 'react-aria-components';

interface SwitchFieldProps {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
  isDisabled?: boolean;
}

/** On or off at once, without a button that saves. */
export function SwitchField({ label, value, ...field }: SwitchFieldProps) {
  return (
    <Switch {...field} isSelected={value} className="group flex min-h-6 items-center gap-2 data-[disabled]:text-faint">
      <span className="flex h-5 w-9 shrink-0 items-center rounded-full border border-edge p-0.5 group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent group-data-[selected]:bg-accent">
        <span className="size-3.5 rounded-full bg-edge group-data-[selected]:translate-x-4 group-data-[selected]:bg-on-accent" />
      </span>
      {label}
    </Switch>
  );
}
