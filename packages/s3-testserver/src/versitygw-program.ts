import { findGoProgram, type FoundProgram } from './go-program.ts';

const goModule = 'github.com/versity/versitygw';

/** The S3 server for tests; building it takes two minutes on two cores, once a machine. */
export function findVersitygw(): Promise<FoundProgram> {
  return findGoProgram({
    name: 'versitygw',
    what: 'the S3 server for tests',
    module: goModule,
    package: `${goModule}/cmd/versitygw`,
    version: 'v1.8.0',
    moduleSum: 'h1:au+wI+aybno/STsQiSm35Uu6Q6iK5MWReQxgO6SEMFc=',
  });
}
