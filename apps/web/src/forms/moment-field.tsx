'use client';

import { Input, Label, TextField } from 'react-aria-components';
import { formatClock, formatDay, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { fromWallClock } from '../time/zoned-time.ts';
import { FieldDescription, FieldMistake } from './field-notes.tsx';
import { fieldPlace, useFieldProblem } from './field-problems.tsx';

interface MomentFieldProps {
  label: string;
  /** The API's name for it, so that a refusal finds it. */
  name?: string;
  /** RFC 3339, or null while nothing is chosen. */
  value: string | null;
  onChange: (value: string | null) => void;
  description?: string;
  error?: string | null | undefined;
  isRequired?: boolean;
}

/** A day and a time on the clock that the page shows; its zone stands in the label. */
export function MomentField({ label, value, onChange, description, error, ...field }: MomentFieldProps) {
  const problem = useFieldProblem(field.name);
  const { zone } = useZone();
  const instant = value === null ? null : Date.parse(value);
  const text = instant === null ? '' : `${formatDay(instant, zone)}T${formatClock(instant, zone, 'minute')}`;
  return (
    <TextField
      {...field}
      {...fieldPlace(field.name, problem)}
      type="datetime-local"
      value={text}
      onChange={(typed) => onChange(readLocal(typed, zone))}
      isInvalid={Boolean(error ?? problem)}
      className="grid content-start gap-1"
    >
      <Label>
        {label} <span className="text-meta text-muted">{zoneLabel(zone, instant ?? Date.UTC(2026, 0, 1))}</span>
      </Label>
      <Input className="field" />
      <FieldDescription text={description} />
      <FieldMistake text={error ?? problem} />
    </TextField>
  );
}

function readLocal(text: string, zone: string): string | null {
  const match = /^(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number);
  const clock = { year: year ?? 0, month: month ?? 1, day: day ?? 1, hour: hour ?? 0, minute: minute ?? 0, second: 0 };
  return new Date(fromWallClock(clock, zone)).toISOString();
}
