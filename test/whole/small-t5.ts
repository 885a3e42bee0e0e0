/** What makes the recipe of a T5 over RQ-VAE codes small, from the raw sample to its metrics. */
export const smallT5 = [
  'dataset.k_core=20',
  'dataset.history_limit=5',
  'embedding.semantic.dimensions=16',
  'item_index.branching=8',
  'item_index.rq_vae.epochs=3',
  'item_index.rq_vae.batch_size=64',
  'model.hidden_size=16',
  'model.intermediate_size=32',
  'model.num_hidden_layers=1',
  'model.num_decoder_layers=1',
  'model.num_attention_heads=2',
  'model.head_dim=12',
  'training.validation_users=40',
  'evaluation.max_users=60',
  'evaluation.bootstrap_samples=0',
];
