import { Module } from '@nestjs/common';

/** The worker has no routes but health and metrics; its jobs come from the queue, its duties from the clock. */
@Module({})
export class WorkerModule {}
