import { datasetStage } from './01-dataset.ts';
import { embeddingStage } from './02-embedding.ts';
import { itemIndexStage } from './03-item-index.ts';
import { vocabularyStage } from './04-vocabulary.ts';
import { promptsStage } from './05-prompts.ts';
import { trainingStage } from './06-training.ts';
import { evaluationStage } from './07-evaluation.ts';
import type { Stage } from './define-stage.ts';

/** The stages in their order. Each one's process imports this file: keep the imports of stage files light. */
export const stages: Stage[] = [
  datasetStage,
  embeddingStage,
  itemIndexStage,
  vocabularyStage,
  promptsStage,
  trainingStage,
  evaluationStage,
];

/** For the processes of the stages. */
export const stagesModule = import.meta.url;
