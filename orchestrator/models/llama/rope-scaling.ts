import { z } from 'zod';

const ropeTypes = ['default', 'linear', 'dynamic', 'llama3', 'yarn'] as const;
const supported = ropeTypes.join(', ');

const ropeType = z.enum(ropeTypes, {
  error: ({ input }) => `${JSON.stringify(input)} is not computed here; supported are ${supported}`,
});
const notComputed = (name: string) =>
  z.null({ error: `${name} is not computed here; expected none` }).optional();

/** How rotary positions are stretched, as `config.json` says it in `rope_scaling` or, newer, `rope_parameters`. */
export const ropeScalingSchema = z
  .looseObject({
    rope_type: ropeType.optional(),
    /** The older name of `rope_type`. */
    type: ropeType.optional(),
    rope_theta: z.number().positive().optional(),
    factor: z.number().positive().optional(),
    low_freq_factor: z.number().positive().optional(),
    high_freq_factor: z.number().positive().optional(),
    original_max_position_embeddings: z.int().positive().optional(),
    beta_fast: z.number().positive().nullish(),
    beta_slow: z.number().positive().nullish(),
    attention_factor: z.number().positive().nullish(),
    truncate: z.boolean().nullish(),
    partial_rotary_factor: z
      .literal(1, { error: 'rotary positions on a part of each head are not computed here; expected 1' })
      .optional(),
    mscale: notComputed('mscale'),
    mscale_all_dim: notComputed('mscale_all_dim'),
  })
  .superRefine((scaling, context) => {
    const type = scaling.rope_type ?? scaling.type ?? 'default';
    for (const name of neededBy[type])
      if (scaling[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: `rope type "${type}" needs ${name}` });
  });

export type RopeScaling = z.infer<typeof ropeScalingSchema>;

const neededBy: Record<(typeof ropeTypes)[number], (keyof RopeScaling & string)[]> = {
  default: [],
  linear: ['factor'],
  dynamic: ['factor'],
  llama3: ['factor', 'low_freq_factor', 'high_freq_factor', 'original_max_position_embeddings'],
  yarn: ['factor'],
};
