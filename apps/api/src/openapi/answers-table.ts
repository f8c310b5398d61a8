import { applyDecorators } from '@nestjs/common';
import { ApiDefaultResponse, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { problem } from '@akashi/contracts';
import type { FastifyReply } from 'fastify';

/** The route answers a table for spreadsheets (RFC 4180), to be kept as a file. */
export function AnswersTable(description: string): MethodDecorator {
  return applyDecorators(
    ApiProduces('text/csv'),
    ApiOkResponse({ description, content: { 'text/csv': { schema: { type: 'string' } } } }),
    ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem }),
  );
}

/** The head of such an answer; the table itself is what the handler returns. */
export function sendAsTable(reply: FastifyReply, fileName: string): void {
  void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${fileName}.csv"`);
}
