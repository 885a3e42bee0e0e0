/** Files of a tokenizer in Hugging Face form, without which none can be loaded. */
export const neededTokenizerFiles = ['tokenizer.json', 'tokenizer_config.json'] as const;

export const specialTokensFile = 'special_tokens_map.json';
export const chatTemplateFile = 'chat_template.jinja';
