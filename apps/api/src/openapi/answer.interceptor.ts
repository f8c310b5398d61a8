import {
  applyDecorators,
  HttpCode,
  Injectable,
  SetMetadata,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiDefaultResponse, ApiResponse } from '@nestjs/swagger';
import { problem } from '@akashi/contracts';
import { map, type Observable } from 'rxjs';
import type { ZodType } from 'zod';

const answerSchema = Symbol('answer schema');

/** The route's one good answer: documented, and nothing but what the contract names leaves the API. */
export function Answers(schema: ZodType, { status = 200, description = '' } = {}): MethodDecorator {
  return applyDecorators(
    SetMetadata(answerSchema, schema),
    HttpCode(status),
    ApiResponse({ status, description, standardSchema: schema }),
    ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem }),
  );
}

/** Strips every answer to its contract; an answer that breaks it is a fault of ours, never sent half. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;

  constructor(reflector: Reflector) {
    this.#reflector = reflector;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const schema = this.#reflector.get<ZodType | undefined>(answerSchema, context.getHandler());
    const answer = next.handle() as Observable<unknown>;
    return schema === undefined
      ? answer
      : answer.pipe(
          // A file in the place of the answer was made for it, not stripped to it.
          map((value) => (value instanceof StreamableFile ? value : schema.parse(value))),
        );
  }
}
