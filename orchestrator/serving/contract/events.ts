import { z } from 'zod';
import { limits } from './limits.ts';

const id = z.string().min(1).max(limits.name);

/** Programs have milliseconds at hand: JavaScript's Date.now(), for one. */
const noTime = 'expected seconds since 1970 (not milliseconds), or ISO 8601 with its zone';

export const event = z.strictObject({
  user: id.describe('id of the customer, who may be new'),
  item: id.describe('item id'),
  time: z
    .union(
      [z.number().min(0, noTime).max(1e11, noTime), z.iso.datetime({ offset: true, error: noTime })],
      noTime,
    )
    .optional()
    .describe('seconds since 1970, or ISO 8601 with its zone; now, by default'),
  event_id: id.optional().describe('an event with an id that was sent before is not taken again'),
});

/** POST /v1/events: what customers have taken since the run was trained. */
export const eventsRequest = z.strictObject({
  events: z.array(event).min(1).max(limits.events).describe('oldest first where times are equal'),
});

export const addedEvents = z.object({
  added: z.int().describe('events that are kept; lists for their users start from them at once'),
  repeated: z.int().describe('events whose ids were known'),
  covered: z
    .int()
    .describe('events that are kept, but lie before the end of the log that the run was trained on'),
  ignored: z.array(z.string()).describe('items that the catalogue lacks: their events are not kept'),
});

export const eventsAnswer = addedEvents.extend({ object: z.literal('events') });

/** POST /v1/events/forget: whose events are removed. */
export const forgetRequest = z.strictObject({ user: id.describe('id of the customer') });

export const forgetAnswer = z.object({
  object: z.literal('events'),
  forgotten: z.int().describe('events that are removed from disk'),
});

export type EventsRequest = z.input<typeof eventsRequest>;
export type AddedEvents = z.infer<typeof addedEvents>;
