import { type ChatCompletionRequest, chatCompletionRequest, withoutEffect } from '../../serving/index.ts';

/** A header has to stay short, whatever was sent. */
const mostNames = 20;

/** The fields of a request that were given and change nothing: `temperature, tools`. Those of unknown names, too. */
export function fieldsWithoutEffect(request: ChatCompletionRequest): string {
  const names = Object.entries(request)
    .filter(([name, value]) => !hasEffect(name) && isGiven(value))
    // Nothing else can stand in a header, and no field of any protocol is called otherwise.
    .flatMap(([name]) => (/^\w{1,40}$/.test(name) ? [name] : []));
  return names.slice(0, mostNames).join(', ');
}

function hasEffect(name: string): boolean {
  return Object.hasOwn(chatCompletionRequest.shape, name) && !Object.hasOwn(withoutEffect, name);
}

/** Clients send null, false and empty lists for what they do not want. */
function isGiven(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
