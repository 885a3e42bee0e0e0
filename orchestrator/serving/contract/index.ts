/** What goes over the wire: the schemas that check requests and write the OpenAPI document, and their types. */
export * from './chat-completions.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './explanations.ts';
export * from './items.ts';
export * from './limits.ts';
export * from './models.ts';
export * from './recommendations.ts';
export * from './related.ts';
export * from './rules.ts';
export * from './runs.ts';
export * from './understood.ts';
