import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { area, areaInput, areasAnswer, type AreaAnswer, type AreaInput, type AreasAnswer } from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { AreasService } from './areas.service.ts';

/** What the daily review looks at. */
@ApiTags('areas')
@ApiBearerAuth()
@Controller('v1/areas')
export class AreasController {
  readonly #areas: AreasService;

  constructor(@Inject(AreasService) areas: AreasService) {
    this.#areas = areas;
  }

  @Get()
  @Needs('reports.read')
  @Audited('area.list', describeList)
  @Problems('search-unavailable', 'search-timeout')
  @Answers(areasAnswer, {
    description: 'Those that the caller sees as a whole; who keeps or reads settings sees all, and what is in none',
  })
  list(@Context() context: RequestContext, @UntilGone() signal: AbortSignal): Promise<AreasAnswer> {
    return this.#areas.list(context, signal);
  }

  @Post()
  @Needs('areas.manage')
  @AuditedInside('area.create')
  @Problems('name-taken', 'conflict', 'setting-too-weak')
  @Answers(area, { status: 201, description: 'Reviewed from the next day on' })
  create(@Context() context: RequestContext, @Body({ schema: areaInput }) wanted: AreaInput): Promise<AreaAnswer> {
    return this.#areas.create(context, wanted);
  }

  @Put(':id')
  @Needs('areas.manage')
  @AuditedInside('area.change')
  @Problems('name-taken', 'setting-too-weak')
  @Answers(area, { description: 'As it is reviewed from the next day on; reviews of before keep what they had' })
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: areaInput }) wanted: AreaInput,
  ): Promise<AreaAnswer> {
    return this.#areas.change(context, readId(id), wanted);
  }

  @Post(':id/end')
  @Needs('areas.manage')
  @AuditedInside('area.end')
  @HttpCode(200)
  @Answers(area, { description: 'Not reviewed any more; its runs stay' })
  end(@Context() context: RequestContext, @Param('id') id: string): Promise<AreaAnswer> {
    return this.#areas.end(context, readId(id));
  }
}
