import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { AppError } from '@akashi/server-kit';
import type { z } from 'zod';
import { CardDataRefusal, keepTexts } from './keep-texts.ts';

/**
 * Every text of every request passes here once its schema has parsed it: no service sees a card number that it might keep
 * (PCI DSS 3.3.1, 3.5.1). Path parameters have no schema; a card number in one is refused.
 */
export class KeptTextPipe extends StandardSchemaValidationPipe {
  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const parsed = await super.transform(value, metadata);
    if (metadata.type === 'custom') return parsed;
    try {
      return keepTexts(metadata.schema as z.core.$ZodType | undefined, parsed) as T;
    } catch (error) {
      if (!(error instanceof CardDataRefusal)) throw error;
      const field = error.path === '' ? (metadata.data ?? metadata.type) : error.path;
      throw new AppError('card-data-refused', {
        detail: `${field}: holds a number that looks like a card number`,
        params: { field },
      });
    }
  }
}
