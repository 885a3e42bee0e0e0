import { z } from 'zod';

/** How the PyTorch engine computes; read with `engine: peft` alone. What is trained is said in `training`. */
export const peftSettings = z.strictObject({
  device: z
    .enum(['auto', 'cpu', 'cuda'])
    .default('auto')
    .describe('device to train on; auto = a GPU if there is one'),
  precision: z
    .enum(['float32', 'bfloat16'])
    .default('float32')
    .describe('precision of matrix products and frozen weights; trained weights stay float32'),
  attention: z
    .enum(['sdpa', 'flash_attention_2', 'eager'])
    .default('sdpa')
    .describe('kernel of attention; flash_attention_2 needs the package flash-attn, a GPU and bfloat16'),
  packing: z
    .boolean()
    .default(false)
    .describe('rows of a pass are packed one after another instead of padded; no row attends to another'),
  gradient_checkpointing: z
    .boolean()
    .default(false)
    .describe('recompute activations in the backward pass: less memory, more time'),
  torch_compile: z
    .boolean()
    .default(false)
    .describe('compile the layers of the model: slow to start, meant for long runs'),
  checkpoint_seconds: z
    .number()
    .min(0)
    .default(120)
    .describe('seconds between two saved states; one is also saved after each epoch'),
});
