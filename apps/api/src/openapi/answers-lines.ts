import { applyDecorators } from '@nestjs/common';
import { ApiDefaultResponse, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { problem } from '@akashi/contracts';
import type { ZodType } from 'zod';

/** The route answers lines of JSON as they come, each of which is what the schema says. */
export function AnswersLines(schema: ZodType, description: string): MethodDecorator {
  return applyDecorators(
    ApiProduces('application/x-ndjson'),
    ApiOkResponse({ description, standardSchema: schema }),
    ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem }),
  );
}
