'use client';

import { useTranslations } from 'next-intl';
import { FieldError, Text } from 'react-aria-components';

/** What to write or choose; read out with the field that it stands in. */
export function FieldDescription({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <Text slot="description" className="text-meta text-muted">
      {text}
    </Text>
  );
}

/** What is wrong with the value, in words of the page; nothing when it is left out or empty. */
export function FieldMistake({ text }: { text: string | null | undefined }) {
  const t = useTranslations('forms');
  return (
    <FieldError className="text-meta text-bad">
      {({ validationDetails, validationErrors }) => {
        if (text) return text;
        if (validationDetails.valueMissing) return t('required');
        if (validationDetails.typeMismatch || validationDetails.badInput) return t('invalidField');
        return validationErrors.join(' ');
      }}
    </FieldError>
  );
}
