/** A stage was asked to stop and did, or was made to. What it had finished is on disk. */
export class StageStopped extends Error {
  readonly stage: string;

  constructor(stage: string) {
    super(`the stage ${stage} was stopped`);
    this.name = 'StageStopped';
    this.stage = stage;
  }
}

/** A bug inside of a stage's process; its stack is the child's. */
export class StageCrash extends Error {
  readonly stage: string;

  constructor(stage: string, message: string, stack?: string) {
    super(`the stage ${stage} crashed: ${message}`);
    this.name = 'StageCrash';
    this.stage = stage;
    if (stack) this.stack = `StageCrash in ${stage}: ${stack}`;
  }
}
