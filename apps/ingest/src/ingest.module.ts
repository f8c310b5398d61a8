import { Module, type DynamicModule } from '@nestjs/common';
import { Intake } from './intake.ts';

/** Nest owns the life of the intake: its hooks open the listeners and, in the right order, close everything. */
export class IngestModule {
  static forRoot(intake: Intake): DynamicModule {
    return { module: IngestModule, providers: [{ provide: Intake, useValue: intake }] };
  }
}

// As a call and not as a decorator, so that Node runs this source as it is.
Module({})(IngestModule);
