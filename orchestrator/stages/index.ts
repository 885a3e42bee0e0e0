import type { Stage } from './define-stage.ts';

/** The stages in their order. Each one's process imports this file: keep the imports of stage files light. */
export const stages: Stage[] = [];

/** For the processes of the stages. */
export const stagesModule = import.meta.url;
